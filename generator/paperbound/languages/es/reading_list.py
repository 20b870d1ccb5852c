"""Phrases in Spanish: the reading list, and a paper by chance."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "reading_list.title": "Lista de lectura",
    "reading_list.description": "Artículos que usted guardó en este navegador, con sus notas y etiquetas.",
    "reading_list.deck": "Sus artículos guardados, con sus notas y etiquetas. Se quedan solo en este navegador.",
    "reading_list.noscript": (
        "Su navegador guarda la lista de lectura y necesita JavaScript. Sin él, explore: {places}."
    ),
    "reading_list.empty": (
        "Aún no hay nada guardado. Guarde un artículo en su página, con el signo bajo su título en una lista o con "
        "la tecla {key}."
    ),
    "reading_list.nothing": "Ningún artículo de la lista coincide.",
    "reading_list.show": "Mostrar",
    "reading_list.all": "Todos",
    "reading_list.unread": "Sin leer",
    "reading_list.starred": "Con estrella",
    "reading_list.filter": "Palabras en la lista",
    "reading_list.read": "Leído",
    "reading_list.star": "Estrella",
    "reading_list.edit": "Nota y etiquetas",
    "reading_list.up": "Subir",
    "reading_list.down": "Bajar",
    "reading_list.remove": "Quitar",
    "reading_list.note": "Nota",
    "reading_list.tags": "Etiquetas, separadas por comas",
    "reading_list.drag": "Arrastre para mover",
    "reading_list.action": "{action}: {title}",
    "reading_list.moved": "Puesto {place} de {total}",
    "reading_list.save": "Guardar",
    "reading_list.save_this": "Guardar en la lista de lectura",
    "reading_list.save_title": "Guardar en la lista de lectura: {title}",
    "reading_list.saved": "Guardado",
    "reading_list.removed": "Quitado",
    "reading_list.undo": "Deshacer",
    "reading_list.new": "Nuevo",
    "reading_list.share": "Copiar un enlace a la lista",
    "reading_list.share_hint": "El enlace contiene los artículos, pero no las notas ni las etiquetas.",
    "reading_list.link": "Un enlace a la lista",
    "reading_list.print": "Imprimir",
    "reading_list.files": "Exportar e importar",
    "reading_list.import": "Importar un archivo",
    "reading_list.import_hint": "Uno guardado aquí, o con identificadores o direcciones de artículos de este sitio.",
    "reading_list.imported": "Incorporados: {count}.",
    "reading_list.unknown": "No están en este sitio: {count}.",
    "reading_list.failed": "No se pudieron cargar los artículos. Compruebe la conexión.",
    "reading_list.shared_note": "Esta lista vino con el enlace. No pasa a la suya hasta que la incorpore.",
    "reading_list.take_over": "Incorporar todos",
    "reading_list.mine": "Mi propia lista",
    "reading_list.off": (
        "Este navegador no guarda nada para este sitio: la lista desaparece al salir de esta página. Llévesela en "
        "un archivo."
    ),
    "reading_list.full": (
        "El almacenamiento de este navegador está lleno: el último cambio se pierde al salir de esta página. "
        "Llévese la lista en un archivo o quite algo."
    ),
    "reading_list.unread_part": (
        "Una parte de lo almacenado no se pudo leer y queda aparte. Lo legible está en la lista."
    ),
    "reading_list.save_unread": "Guardar lo almacenado",
    "reading_list.forget_unread": "Olvidarlo",
    "reading_list.off_short": "No guardado: almacenamiento desactivado",
    "reading_list.full_short": "No guardado: almacenamiento lleno",
    "reading_list.browser": "Guardado en este navegador",
    "reading_list.visits": "Señalar los artículos nuevos desde mi última visita y recordar lo que leí hoy",
    "reading_list.forget": "Olvidar mis visitas",
    "reading_list.forgotten": "Olvidado",
    "reading_list.clear": "Vaciar la lista",
    "reading_list.read_today": "Leídos hoy",
    "reading_list.today": "Leídos hoy: {count}",
    "reading_list.today_of": "Leídos hoy de esta lista: {count} de {total}",
    "random.title": "Un artículo al azar",
    "random.description": "Lleva a un artículo al azar.",
    "random.choosing": "Se está eligiendo un artículo.",
    "random.failed": "No se pudo cargar la lista de artículos. Compruebe la conexión.",
    "random.noscript": (
        "Elegir al azar necesita JavaScript. Sin él, aquí hay algunos artículos de todas las partes de la lista."
    ),
}
