self.paperbound={"base": "/some/base/"};
importScripts("/some/base/assets/worker.DIGEST.js");
