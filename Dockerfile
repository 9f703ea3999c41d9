# The datagen command in a container, made from this checkout:
#   docker build -t datagen .
#   docker run --rm --read-only --user "$(id -u):$(id -g)" -v "$PWD:/data" datagen generate ecommerce ./shop
# It needs no right to write anywhere but where the output goes, which is /data unless the output is on S3.
ARG NODE=24
ARG RUST=1.95

FROM rust:${RUST}-bookworm AS rust

FROM node:${NODE}-bookworm AS build
COPY --from=rust /usr/local/cargo /usr/local/cargo
COPY --from=rust /usr/local/rustup /usr/local/rustup
ENV CARGO_HOME=/usr/local/cargo RUSTUP_HOME=/usr/local/rustup PATH=/usr/local/cargo/bin:$PATH
WORKDIR /source
COPY . .
RUN node tools/build/native.mjs --package /packages/addons/here \
 && node tools/release/pack.mjs /packages/all /packages/addons
# The testkit is for those who write plug-ins.
RUN rm /packages/all/datagen-testkit-*.tgz \
 && npm install --prefix /opt/datagen --no-audit --no-fund /packages/all/*.tgz

FROM node:${NODE}-bookworm-slim
COPY --from=build /opt/datagen /opt/datagen
ENV PATH=/opt/datagen/node_modules/.bin:$PATH
USER node
WORKDIR /data
ENTRYPOINT ["datagen"]
CMD ["--help"]
