"""Phrases in Portuguese: the reading list, and a paper by chance."""

from __future__ import annotations

from .. import Phrases

PHRASES: Phrases = {
    "reading_list.title": "Lista de leitura",
    "reading_list.description": "Artigos que você salvou neste navegador, com suas notas e etiquetas.",
    "reading_list.deck": "Seus artigos salvos, com suas notas e etiquetas. Eles ficam somente neste navegador.",
    "reading_list.noscript": (
        "Seu navegador guarda a lista de leitura e precisa de JavaScript. Sem ele, explore: {places}."
    ),
    "reading_list.empty": (
        "Nada foi salvo ainda. Salve um artigo em sua página, pelo sinal sob o título em uma lista ou com a tecla "
        "{key}."
    ),
    "reading_list.nothing": "Nenhum artigo da lista corresponde.",
    "reading_list.show": "Mostrar",
    "reading_list.all": "Todos",
    "reading_list.unread": "Não lidos",
    "reading_list.starred": "Com estrela",
    "reading_list.filter": "Palavras na lista",
    "reading_list.read": "Lido",
    "reading_list.star": "Estrela",
    "reading_list.edit": "Nota e etiquetas",
    "reading_list.up": "Subir",
    "reading_list.down": "Descer",
    "reading_list.remove": "Remover",
    "reading_list.note": "Nota",
    "reading_list.tags": "Etiquetas, separadas por vírgulas",
    "reading_list.drag": "Arraste para mover",
    "reading_list.action": "{action}: {title}",
    "reading_list.moved": "Posição {place} de {total}",
    "reading_list.save": "Salvar",
    "reading_list.save_this": "Salvar na lista de leitura",
    "reading_list.save_title": "Salvar na lista de leitura: {title}",
    "reading_list.saved": "Salvo",
    "reading_list.removed": "Removido",
    "reading_list.undo": "Desfazer",
    "reading_list.new": "Novo",
    "reading_list.share": "Copiar um link para a lista",
    "reading_list.share_hint": "O link contém os artigos, mas não as notas nem as etiquetas.",
    "reading_list.link": "Um link para a lista",
    "reading_list.print": "Imprimir",
    "reading_list.files": "Exportar e importar",
    "reading_list.import": "Importar um arquivo",
    "reading_list.import_hint": "Um salvo aqui, ou com identificadores ou endereços de artigos deste site.",
    "reading_list.imported": "Incorporados: {count}.",
    "reading_list.unknown": "Não estão neste site: {count}.",
    "reading_list.failed": "Não foi possível carregar os artigos. Verifique a conexão.",
    "reading_list.shared_note": "Esta lista veio com o link. Ela só entra na sua quando você a incorporar.",
    "reading_list.take_over": "Incorporar todos",
    "reading_list.mine": "Minha própria lista",
    "reading_list.off": (
        "Este navegador não guarda nada para este site: a lista some quando você sair desta página. Leve-a em um "
        "arquivo."
    ),
    "reading_list.full": (
        "O armazenamento deste navegador está cheio: a última mudança some quando você sair desta página. Leve a "
        "lista em um arquivo ou remova algo."
    ),
    "reading_list.unread_part": (
        "Uma parte do que estava guardado não pôde ser lida e fica à parte. O que foi lido está na lista."
    ),
    "reading_list.save_unread": "Salvar o que estava guardado",
    "reading_list.forget_unread": "Esquecer",
    "reading_list.off_short": "Não salvo: armazenamento desligado",
    "reading_list.full_short": "Não salvo: armazenamento cheio",
    "reading_list.browser": "Guardado neste navegador",
    "reading_list.visits": "Marcar os artigos novos desde minha última visita e lembrar o que li hoje",
    "reading_list.forget": "Esquecer minhas visitas",
    "reading_list.forgotten": "Esquecido",
    "reading_list.clear": "Esvaziar a lista",
    "reading_list.read_today": "Lidos hoje",
    "reading_list.today": "Lidos hoje: {count}",
    "reading_list.today_of": "Lidos hoje desta lista: {count} de {total}",
    "random.title": "Um artigo ao acaso",
    "random.description": "Leva a um artigo ao acaso.",
    "random.choosing": "Um artigo está sendo escolhido.",
    "random.failed": "Não foi possível carregar a lista de artigos. Verifique a conexão.",
    "random.noscript": (
        "Escolher ao acaso precisa de JavaScript. Sem ele, aqui estão alguns artigos de todas as partes da lista."
    ),
}
