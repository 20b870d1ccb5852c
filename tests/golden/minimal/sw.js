self.paperbound={"base": "/"};
importScripts("/assets/worker.DIGEST.js");
