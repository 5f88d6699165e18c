"""Which names of files, folders and symbols tell something, and which are on every second line."""

from __future__ import annotations

import re

from onrecord.lazily import TYPE_CHECKING
from onrecord.log.paths import paths_of
from onrecord.log.scope import BROAD_FILES, BROAD_SHARE

if TYPE_CHECKING:
    from collections.abc import Collection

_COMMON_FILES = frozenset(
    ("index", "main", "mod", "lib", "__init__", "__main__", "conftest", "setup", "package", "package-lock", "pom",
     "build", "settings", "readme", "changelog", "go", "cargo", "makefile", "dockerfile", "app", "util", "utils",
     "types", "constants", "config", "startup", "program", "module-info", "package-info")
)  # fmt: skip
_COMMON_FOLDERS = frozenset(
    ("src", "lib", "libs", "app", "apps", "main", "docs", "java", "kotlin", "resources", "packages", "common", "core",
     "internal", "pkg", "cmd", "util", "utils", "component", "components", "module", "modules", "service", "services",
     "api", "org", "com",
     *(f"{kind}{mark}{word}" for kind in ("", "unit", "integration", "system", "e2e") for mark in ("", "-", "_", ".")
       for word in ("test", "tests")))
)  # fmt: skip
_OF_LANGUAGES = frozenset(
    ("addeventlistener", "addscoped", "addsingleton", "addtransient", "afterall", "aftereach", "appendchild",
     "argumentexception", "argumentnullexception", "arraylist", "assertequal", "assertequals", "assertfalse",
     "assertnotnull", "assertnull", "assertraises", "assertthat", "assertthrows", "asserttrue", "atomicinteger",
     "atomicreference", "beforeall", "beforeeach", "bifunction", "bigdecimal", "biginteger", "cancellationtoken",
     "classname", "completablefuture", "computeifabsent", "concurrentdictionary", "concurrenthashmap",
     "configureawait", "containskey", "countdownlatch", "createelement", "currenttimemillis", "datetime",
     "datetimeoffset", "endswith", "equalsignorecase", "eventhandler", "findfirst", "firstordefault", "flatmap",
     "foreach", "fromresult", "fromseconds", "getbytes", "getclass", "getelementbyid", "gethashcode", "getinstance",
     "getlogger", "getmessage", "getname", "getordefault", "getrequiredservice", "getservice", "getstring",
     "gettype", "getvalue", "hashcode", "hashmap", "hashset", "hasnext", "httpclient", "httprequest", "httpresponse",
     "iasyncenumerable", "icollection", "idictionary", "idisposable", "ienumerable", "ifpresent", "ilist",
     "illegalargumentexception", "illegalstateexception", "ilogger", "iloggerfactory", "indexof", "innerhtml",
     "innertext", "inputstream", "invalidoperationexception", "ioexception", "ireadonlylist", "isarray", "isempty",
     "iservicecollection", "iserviceprovider", "isnull", "isnullorempty", "isnullorwhitespace", "ispresent",
     "jsonproperty", "jsonserializer", "keyerror", "lastindexof", "linkedhashmap", "linkedlist", "logerror",
     "loggerfactory", "loginformation", "logwarning", "memorystream", "newinstance", "notimplementederror",
     "notimplementedexception", "nullpointerexception", "oftype", "orelse", "orelseget", "orelsethrow",
     "outputstream", "parsefloat", "parseint", "preventdefault", "printstacktrace", "putifabsent", "queryselector",
     "readonlyspan", "removeeventlistener", "replaceall", "requirenonnull", "runtimeerror", "runtimeexception",
     "selectmany", "servicecollection", "setattribute", "setinterval", "setstate", "settimeout", "setup", "setvalue",
     "singleordefault", "startswith", "stringbuilder", "stringcomparison", "suppresswarnings",
     "taskcompletionsource", "teardown", "textcontent", "timespan", "timeunit", "toarray", "tobedefined",
     "todictionary", "toequal", "tohavebeencalled", "tohavebeencalledwith", "tolist", "tolower", "tolowercase",
     "toset", "tostring", "tothrow", "toupper", "touppercase", "trygetvalue", "typeerror", "usecallback",
     "usecontext", "useeffect", "usememo", "useref", "usestate", "valueerror", "valueof", "writeline")
)  # fmt: skip
"""Two humps, but of the usual standard libraries and test frameworks; lower case. Records name them in passing."""


def is_common_file(name: str) -> bool:
    """Tell whether a file's name says nothing about it."""
    return name.partition(".")[0].casefold() in _COMMON_FILES


def is_common_folder(name: str) -> bool:
    """Tell whether a folder's name says nothing about what is in it."""
    return name.casefold() in _COMMON_FOLDERS


def is_broad(folder: str, files: Collection[str] | None) -> bool:
    """Tell whether a folder holds so many of the repository's files that naming it says nothing about one of them."""
    if not files:
        return False
    inside = paths_of(files).below(folder)
    return inside > BROAD_FILES and inside > BROAD_SHARE * len(files)


def is_distinctive(word: str) -> bool:
    """Tell whether a word is a name somebody made up (keepAlive, max_age, data-plane) and not one of a language."""
    is_made_up = len(word) > 4 and bool(re.search(r"[a-z0-9][A-Z]|[A-Za-z0-9][_-][A-Za-z0-9]|[A-Z]{2}[a-z]", word))
    return is_made_up and word.replace("_", "").casefold() not in _OF_LANGUAGES


def stem_of(name: str) -> str:
    """Return a file's name without its endings."""
    return name.lstrip(".").split(".")[0]
