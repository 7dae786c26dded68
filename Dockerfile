FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && useradd --create-home webinar \
  && mkdir /data && chown webinar /data
USER webinar
EXPOSE 8000
CMD ["webinar", "run"]
