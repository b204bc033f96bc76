#!/usr/bin/env bash
# For a maintainer, not for CI: builds JJava and IJava from clones of their sources with javac, and
# executes notebooks in them and in rapaio, checks in each that trainings have the environment that
# the same digits need, then runs the first notebook with the toolkit by %maven, %jars and
# %classpath. Prints one line per kernel and notebook; logs are in OUT.
#
#   git clone -b 1.0-a7 https://github.com/dflib/jjava
#   git clone -b v1.3.0 https://github.com/SpencerPark/IJava
#   git clone -b v2.3.0 https://github.com/SpencerPark/jupyter-jvm-basekernel
#   mvn -q -DskipTests package
#   src/test/scripts/kernels.sh FOLDER_OF_THE_CLONES OUT [NOTEBOOK…]
set -uo pipefail
[ $# -ge 2 ] || { sed -n '2,10p' "$0"; exit 2; }
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

# kernel NAME MAIN VARIABLE=VALUE… : a kernel specification; NAME-KIND has the classes of NAME
OPTIONS=
kernel() {
  local spec=$1 name=${1%-*} main=$2 variable env= ; shift 2
  for variable in "$@"; do env+=", \"${variable%%=*}\": \"${variable#*=}\""; done
  mkdir -p "$out/jupyter/kernels/$spec"
  cat >"$out/jupyter/kernels/$spec/kernel.json" <<SPEC
{"argv": ["java", $OPTIONS"--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "-cp", "$out/$name/classes:$out/$name/lib/*", "$main", "{connection_file}"],
 "display_name": "$spec", "language": "java", "interrupt_mode": "message", "env": {"JAVA_TOOL_OPTIONS": ""$env}}
SPEC
}

rm -rf "$out"/{jjava,ijava,rapaio,jupyter,home,elsewhere}
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

# Without the toolkit, and with a Maven repository that has it beside what the build's has.
repository=${REPOSITORY:-$(mvn -q help:evaluate -Dexpression=settings.localRepository -DforceStdout 2>/dev/null)}
# In the default place: IJava does not read localRepository of settings.xml.
local=$out/home/.m2/repository installed=$out/home/.m2/repository/dance/dance/0.1.0
mkdir -p "$installed"
for group in "$repository"/*; do [ "${group##*/}" = dance ] || ln -s "$group" "$local/"; done
cp "$jar" "$installed/dance-0.1.0.jar"; cp "$top/pom.xml" "$installed/dance-0.1.0.pom"
OPTIONS="\"-Duser.home=$out/home\", "
kernel jjava-bare org.dflib.jjava.distro.JJava
kernel ijava-bare io.github.spencerpark.ijava.IJava "IJAVA_STARTUP_SCRIPT="
mkdir -p "$out/elsewhere"
OPTIONS="\"-Duser.home=$out/elsewhere\", "
kernel ijava-elsewhere io.github.spencerpark.ijava.IJava "IJAVA_STARTUP_SCRIPT="

failed=0
# execute KERNEL NOTEBOOK LOG
execute() {
  local try
  # one in five of rapaio's starts never answers, whatever it is to run
  for try in 1 2 3 4 5; do
    JUPYTER_PATH="$out/jupyter" jupyter nbconvert --to notebook --execute --ExecutePreprocessor.kernel_name="$1" \
      --ExecutePreprocessor.startup_timeout=60 --ExecutePreprocessor.timeout="${LIMIT:-900}" \
      --output "$3" "$2" >"$3.log" 2>&1 && { echo "$1 ${3##*/}: ran"; return; }
    grep -q "Kernel didn't respond" "$3.log" || break
  done
  failed=1; echo "$1 ${3##*/}: FAILED, $3.log"
}

for name in ${KERNELS:-jjava ijava rapaio}; do
  for notebook in "$@"; do execute "$name" "$notebook" "$out/$name-$(basename "$notebook" .ipynb)"; done
done

# What PyTorch finds in each kernel, and in ours, whose specification sets it.
java -jar "$jar" kernel install --prefix "$out/ours" >/dev/null && cp -r "$out"/ours/share/jupyter/kernels/* "$out/jupyter/kernels/"
python3 - "$out/environment.ipynb" <<'PYTHON'
import json, sys
cell = """var wanted = dance.evaluate.neural.SameDigits.environment();
dance.evaluate.neural.Torch.engine();
var found = new java.util.TreeMap<String, String>();
for (String name : wanted.keySet()) { found.put(name, com.sun.jna.Function.getFunction("c", "getenv").invokeString(new Object[] {name}, false)); }
System.out.println(found);
if (!found.equals(new java.util.TreeMap<>(wanted))) { throw new IllegalStateException("wanted " + wanted); }"""
cells = [{"cell_type": "code", "execution_count": None, "id": "c", "metadata": {}, "outputs": [], "source": cell}]
json.dump({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, open(sys.argv[1], "w"))
PYTHON
for name in ${KERNELS:-jjava ijava rapaio} dance; do execute "$name" "$out/environment.ipynb" "$out/$name-environment"; done

# with MAGIC NOTEBOOK : the first notebook after a cell of a magic and one of the imports
with() {
  python3 - "$1" "$top/jshell-scripts/dance.jsh" "$top"/notebooks/01-*.ipynb >"$2" <<'PYTHON'
import json, sys
magic, imports, notebook = sys.argv[1:]
book = json.load(open(notebook))
cell = lambda text: {"cell_type": "code", "execution_count": None, "id": str(len(text)), "metadata": {}, "outputs": [], "source": text}
book["cells"][:0] = [cell(magic), cell(open(imports).read())]
json.dump(book, sys.stdout)
PYTHON
}
for name in ${BARE:-jjava-bare ijava-bare}; do
  for magic in "%maven dance:dance:0.1.0" "%classpath $jar" "%jars $jar $(dirname "$jar")/lib/*.jar"; do
    word=${magic%% *}
    [ "$word" = %jars ] && magic="%jars $jar"$'\n'"%jars $(dirname "$jar")/lib/*.jar"
    with "$magic" "$out/${word#%}.ipynb"
    execute "$name" "$out/${word#%}.ipynb" "$out/$name-${word#%}"
  done
done
# a local repository in another place is named first
with "%mavenRepo local file://$local"$'\n'"%maven dance:dance:0.1.0" "$out/mavenRepo.ipynb"
execute ijava-elsewhere "$out/mavenRepo.ipynb" "$out/ijava-elsewhere-mavenRepo"
exit $failed
