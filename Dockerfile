# docker build --tag paperbound .
# docker run --rm --user "$(id -u)" --volume "$PWD:/work" paperbound build
FROM python:3.13-slim
COPY requirements.lock /paperbound/
RUN pip install --no-cache-dir --require-hashes --requirement /paperbound/requirements.lock
COPY pyproject.toml README.md CHANGELOG.md LICENSE /paperbound/
COPY generator /paperbound/generator
COPY themes /paperbound/themes
RUN pip install --no-cache-dir --no-deps --no-build-isolation /paperbound
WORKDIR /work
ENTRYPOINT ["paperbound"]
