"""What Pelican builds of the same papers."""

SITENAME = "Papers"
SITEURL = ""
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "site"
THEME = "theme"
ARTICLE_PATHS = ["papers"]
PAGE_PATHS = []
ARTICLE_URL, ARTICLE_SAVE_AS = "papers/{slug}/", "papers/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "authors/{slug}/", "authors/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "venues/{slug}/", "venues/{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}/", "years/{date:%Y}/index.html"
TAG_SAVE_AS = TAGS_SAVE_AS = ARCHIVES_SAVE_AS = ""
AUTHORS_SAVE_AS, CATEGORIES_SAVE_AS, SITEMAP_SAVE_AS = "authors/index.html", "venues/index.html", "sitemap.xml"
DIRECT_TEMPLATES = ["index", "authors", "categories", "sitemap"]
PAGINATED_TEMPLATES = {"author": 50, "category": 50, "index": 50}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_RSS, FEED_MAX_ITEMS = "feed.xml", 50
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
USE_FOLDER_AS_CATEGORY = False
STATIC_PATHS = []
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CHECK_MODIFIED_METHOD = "mtime"
DELETE_OUTPUT_DIRECTORY = False
