#!/bin/sh
# Who may include whom: checks every #include of the tree against the table below.
# Usage: check_layering.sh ROOT QT_HEADERS    (QT_HEADERS holds QtCore/, QtNetwork/, ...)
set -eu
root=$1
qt_headers=$2

cd "$root"
directories=
for directory in shared server gui-client tests; do
    if [ -d "$directory" ]; then
        directories="$directories $directory"
    fi
done
# shellcheck disable=SC2086
files=$(find ${directories:-/dev/null} -name '*.h' -o -name '*.cpp' | sort)
if [ -z "$files" ]; then
    echo "check_layering: no sources below $root" >&2
    exit 1
fi
if [ ! -d "$qt_headers/QtCore" ]; then
    echo "check_layering: no Qt headers in $qt_headers" >&2
    exit 1
fi

# "QtCore QString" per line tells which module a Qt header belongs to.
modules=$(cd "$qt_headers" && for module in Qt*/; do
    for header in "$module"[Qq]*; do
        echo "${module%/} ${header#"$module"}"
    done
done)

# shellcheck disable=SC2086
{ echo "$modules"; echo ---; } | awk '
BEGIN {
    # layer: the layers it may include besides itself; the Qt modules it may use besides Qt Core
    layer("shared",            "",                                                      "")
    layer("shared/avahi",      "",                                                      "QtDBus")
    layer("server/core",       "shared",                                                "")
    layer("server/commands",   "server/core shared",                                    "")
    layer("server/dialects",   "shared",                                                "")
    layer("server/store",      "server/core shared",                                    "")
    layer("server/net",        "server/core server/commands shared server/dialects/dialect.h", "QtNetwork")
    layer("server/app",        "server shared/avahi shared",                            "QtNetwork QtDBus")
    layer("server",            "server/app server/store shared",                        "")
    layer("gui-client/link",   "shared",                                                "QtNetwork")
    layer("gui-client/models", "shared",                                                "")
    layer("gui-client/input",  "shared",                                                "")
    layer("gui-client/widgets","gui-client/models gui-client/input shared",             "QtGui QtWidgets")
    layer("gui-client/app",    "gui-client shared/avahi shared",                        "QtGui QtWidgets QtNetwork QtDBus")
    layer("gui-client",        "gui-client shared",                                     "QtGui QtWidgets")
    layer("tests/shared",      "tests/support shared",                                  "any")
    layer("tests/server",      "tests/support server shared/avahi shared",              "any")
    layer("tests/gui-client",  "tests/support gui-client shared/avahi shared",          "any")
    layer("tests/e2e",         "tests/support server gui-client shared",                "any")
    layer("tests",             "tests server gui-client shared/avahi shared",           "any")

    # These layers hold values and rules: no QObject, no I/O, no threads, no clocks, no chance.
    plain["shared"]; plain["server/core"]; plain["server/commands"]; plain["server/dialects"]
    not_plain = "^Q(Object|Pointer|Timer|BasicTimer|Event|EventLoop|Core.*|Thread.*|Mutex.*|Semaphore|Wait.*|" \
        "ReadWriteLock|SocketNotifier|Process.*|IODevice.*|File.*|Dir.*|SaveFile|Temporary.*|Buffer|Settings|" \
        "StandardPaths|LockFile|SharedMemory|SystemSemaphore|Library|Plugin.*|Abstract.*|Future.*|Promise|" \
        "Runnable|Storage.*|ElapsedTimer|DeadlineTimer|RandomGenerator|Translator|Resource|Signal.*)$"
    not_plain_system = "^(sys/|netinet/|arpa/|net/|unistd.h|fcntl.h|poll.h|signal.h|pthread.h|sqlite3.h|openssl/|" \
        "fstream|iostream|filesystem|thread|mutex|future|condition_variable|random|cstdio|stdio.h)"
    not_plain_call = "(currentDateTime|currentDateTimeUtc|currentMSecsSinceEpoch|currentSecsSinceEpoch|" \
        "currentDate|currentTime|_clock::now|QRandomGenerator)"
}

function layer(name, others, qt) { layers[name]; may[name] = others; modules_of[name] = qt }

# The most specific layer that a path lies in.
function layer_of(path,   name, best) {
    best = ""
    for (name in layers)
        if (index(path, name "/") == 1 && length(name) > length(best))
            best = name
    return best
}

# A layer below shared is no part of shared: whoever may include it says so.
function is_inside(name, inner) { return name == "shared" && inner != name }

function complain(text) { print FILENAME ":" FNR ": " text; bad = 1 }

function check_own(path,   own, i, n, list) {
    if (path ~ /\.moc$/ || path ~ /^moc_/)
        return
    if (layer_of(path) == "") {
        complain("write \"" path "\" from the repository root")
        return
    }
    if (here ~ /^tests/ && here != "tests/e2e") {
        if (path ~ /^server\//) seen_server = 1
        if (path ~ /^gui-client\//) seen_client = 1
        if (seen_server && seen_client)
            complain("only tests/e2e sees both server and gui-client")
    }
    if (layer_of(path) == here)
        return
    n = split(may[here], list, " ")
    for (i = 1; i <= n; ++i)
        if (path == list[i] || (index(path, list[i] "/") == 1 && !is_inside(list[i], layer_of(path))))
            return
    complain(here " may not include " path)
}

function check_system(header,   module) {
    if (header ~ /^Qt[A-Z][A-Za-z]*\//)
        complain("write <" header "> without the module")
    if (header ~ /^unicode\// && here !~ /^tests/ && FILENAME != "shared/names.cpp" \
            && FILENAME != "shared/text.cpp" && FILENAME != "shared/wordborders.cpp" \
            && FILENAME != "server/store/searchwords.cpp" && FILENAME != "server/dialects/gb18030.cpp")
        complain("only names.cpp, text.cpp, wordborders.cpp, searchwords.cpp and gb18030.cpp use ICU")
    if (header == "arpa/inet.h" && FILENAME == "server/core/netaddress.cpp")
        return # addresses as text, without a socket
    if (header == "sqlite3.h" && here != "server/store" && here != "tests/server")
        complain("only server/store uses SQLite")
    module = module_of[header]
    if (module != "" && module != "QtCore" && modules_of[here] != "any" \
            && index(" " modules_of[here] " ", " " module " ") == 0)
        complain(here " may not use " module " (" header ")")
    if (here in plain && (header ~ not_plain || header ~ not_plain_system))
        complain(here " may not use " header ": it knows no objects, I/O, threads, clocks or chance")
}

FILENAME == "-" {
    if ($1 != "---" && !($2 in module_of))
        module_of[$2] = $1
    next
}
FNR == 1 { here = layer_of(FILENAME); seen_server = 0; seen_client = 0 }
/^[ \t]*\/\// { next }
/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); check_own(part[2]); next }
/^[ \t]*#[ \t]*include[ \t]*</ { split($0, part, "[<>]"); check_system(part[2]); next }
here in plain && $0 ~ not_plain_call { complain(here " may not read clocks or chance: they are arguments") }
here ~ /^(shared|server)/ && /(^|[^A-Za-z0-9_])tr\(/ { complain("tr() belongs into gui-client") }

END { exit bad }
' - $files
