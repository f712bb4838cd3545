# motorwatch on Flink: the job's jar, and the commands that are run beside the cluster. docker compose builds it.
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
# Goes into each jar.
COPY LICENSE ./
COPY .mvn .mvn
COPY model model
COPY local-servers local-servers
COPY mqtt mqtt
COPY sources sources
COPY timeline timeline
COPY cep-patterns cep-patterns
COPY tiers tiers
COPY sinks sinks
COPY jobs jobs
COPY tools tools
# Only named by the parent; not built.
COPY benchmarks/pom.xml benchmarks/pom.xml
COPY local-hivemq/pom.xml local-hivemq/pom.xml
COPY hivemq-tests/pom.xml hivemq-tests/pom.xml
COPY local-s3/pom.xml local-s3/pom.xml
COPY s3-tests/pom.xml s3-tests/pom.xml
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q package -pl tools -am -DskipTests -Dspotless.check.skip=true -Dlint.verdict=-Xdiags:compact

FROM flink:2.3.0-java17
COPY --from=build /src/jobs/target/motorwatch.jar /opt/motorwatch/motorwatch.jar
COPY --from=build /src/tools/target/motorwatch-tools.jar /opt/motorwatch/motorwatch-tools.jar
COPY --from=build /src/tools/target/lib /opt/motorwatch/lib
COPY --from=build /src/tools/target/flink /opt/motorwatch/flink
COPY flink-conf/log4j2-launcher.properties /opt/motorwatch/log4j2-launcher.properties
COPY --chmod=755 docker/motorwatch /usr/local/bin/motorwatch
COPY conf/patterns.yaml /etc/motorwatch/patterns.yaml
# A new volume mounted there takes over whose it is.
RUN mkdir /checkpoints && chown flink:flink /checkpoints
USER flink
ENTRYPOINT ["motorwatch"]
CMD ["--help"]
