# docker build --tag paperbound .
# docker run --rm --user "$(id -u)" --volume "$PWD:/work" paperbound build
FROM python:3.13-slim
COPY requirements.lock /paperbound/
RUN pip install --no-cache-dir --require-hashes --requirement /paperbound/requirements.lock
COPY pyproject.toml README.md CHANGELOG.md LICENSE /paperbound/
COPY release/typeface.py /paperbound/release/
COPY generator /paperbound/generator
COPY themes /paperbound/themes
# From a wheel, which `paperbound init` copies beside the sites that it makes.
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /paperbound/dist /paperbound \
    && pip install --no-cache-dir --no-deps /paperbound/dist/*.whl
WORKDIR /work
ENTRYPOINT ["paperbound"]
