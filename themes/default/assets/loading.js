/* Pages of the site as documents. */

/** A page of the site as a document; undefined if there is none. The request parses it: the content security policy lets
    no script parse HTML. */
export function loadPage(href) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", href);
    request.responseType = "document";
    request.onerror = () => reject(new Error(href));
    request.onload = () => {
      if (request.status === 200 || request.status === 404) resolve(request.status === 200 ? request.response : undefined);
      else reject(new Error(`${href}: ${request.status}`));
    };
    request.send();
  });
}

/** The page of a paper, where it has moved to; undefined if there is none. */
export async function loadPaper(href) {
  const page = await loadPage(href);
  const target = page?.querySelector("meta[http-equiv=refresh]")?.content.split("url=")[1];
  return target ? loadPage(new URL(target, location.href).pathname) : page;
}
