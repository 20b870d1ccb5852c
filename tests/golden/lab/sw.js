self.paperbound={"base": "/lab/"};
importScripts("/lab/assets/worker.DIGEST.js");
