"""Start dipxl from a fresh checkout: set up what a job needs, once, then do the job.

Uses the standard library and a Python 3.11 with pip; changes nothing outside the checkout. An older Python 3 can still
parse this file, so that it can say what is missing instead of showing a traceback.
"""

import contextlib
import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where files in use cannot be removed anyway
    fcntl = None

HELP = """Pemakaian: python3 jalankan.py PERINTAH

  demo           membuat contoh lengkap, dari formulir sampai halaman publik, di folder contoh/
  notebook       membuka notebook konsolidasi di peramban
  dipxl ...      menjalankan perintah dipxl, misalnya: python3 jalankan.py dipxl status
  test ...       menjalankan semua pengujian (boleh diikuti pilihan pytest)

Yang diperlukan sebuah perintah diunduh sekali ke folder .venv; setelah itu internet tidak diperlukan lagi."""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = VENV / "siap.txt"

# Every lock holds all of the first one and agrees with the others: any of them can be installed alone or on top.
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-notebook.lock")
RUN, DEV, NOTEBOOK = LOCKS

# A job is the lock it needs, the folder it runs in (None: where the person stands) and the module with its first words.
JOBS = {
    "demo": (RUN, ROOT, ["dipxl", "contoh"]),
    "notebook": (NOTEBOOK, ROOT, ["notebook", "notebooks/konsolidasi.ipynb"]),
    "dipxl": (RUN, None, ["dipxl"]),
    "test": (DEV, ROOT, ["pytest", "-n", "auto"]),
}


def main(words):
    """Do the job named by the first word with the rest as its arguments, and give its exit code."""
    if sys.version_info < (3, 11):
        stop("dipxl memerlukan Python 3.11 atau yang lebih baru, sedangkan ini Python %d.%d." % sys.version_info[:2])
    if not words or words[0] in ("-h", "--help", "bantuan"):
        print(HELP)
        return 0
    if words[0] not in JOBS:
        stop("Perintah %r tidak dikenal; pilihannya: %s." % (words[0], ", ".join(JOBS)))
    lock, folder, module = JOBS[words[0]]
    set_up(lock)
    # -P: a stray json.py in a folder of received files must not be imported in place of the real one.
    return subprocess.call([str(PYTHON), "-P", "-m", *module, *words[1:]], cwd=folder)


def set_up(lock):
    """Make .venv hold what `lock` lists; a .venv that was half made, or made from older locks, is made anew."""
    if fingerprint(lock) in installed():
        return
    require_pip()
    print("Menyiapkan dipxl; hanya kali ini, sekitar satu menit ...", file=sys.stderr, flush=True)
    try:
        with turn() as inherited:
            failed = install(lock, inherited)
    except (OSError, ValueError) as error:
        stop("Folder .venv gagal dibuat (%s); periksa apakah folder dipxl boleh ditulisi, lalu ulangi." % error)
    if failed:
        stop("Paket gagal dipasang; periksa internet dan ruang disk, lalu ulangi. Keterangan teknis: .venv/pip.txt.")


def installed():
    """Give the fingerprints of the locks that .venv holds in full."""
    return set(READY.read_text("ascii").split()) if READY.exists() and PYTHON.exists() else set()


def fingerprint(lock):
    """Stand for everything that decides what .venv holds: the lock, this starter and the Python version."""
    digest = hashlib.sha256(sys.implementation.cache_tag.encode())
    for part in (ROOT / lock, Path(__file__)):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def require_pip():
    """Stop with the remedy where this Python cannot install packages."""
    if importlib.util.find_spec("pip"):
        return
    if sys.prefix != sys.base_prefix:
        stop("Lingkungan Python yang sedang aktif tidak punya pip; ketik 'deactivate', lalu ulangi perintah yang sama.")
    stop("Python ini belum punya pip; di Debian atau Ubuntu ketik 'sudo apt install python3-pip', lalu ulangi.")


@contextlib.contextmanager
def turn():
    """Wait until no other set-up is at work here, and give what the programs of this one must inherit.

    If the starter alone is killed, its pip lives on; inheriting the lock, it keeps the next start out of its way.
    """
    with Path(__file__).open("rb") as held:
        if fcntl:
            with contextlib.suppress(OSError):  # some network drives know no locks
                fcntl.flock(held, fcntl.LOCK_EX)
        yield {"pass_fds": [held.fileno()]} if fcntl else {}


def install(lock, inherited):
    """Put what `lock` lists into .venv, on top of what is there if that is sound; true if it failed."""
    sound = installed() & {fingerprint(each) for each in LOCKS}
    READY.unlink(missing_ok=True)  # and written last of all: what is interrupted in between is made anew
    if not sound:
        make_venv()
    failed = run_pip(lock, inherited)
    if not failed:
        sound |= {fingerprint(lock), fingerprint(RUN)}
        # What pip would do file by file: compile on all cores, without the packages' own tests, in a third of the time.
        compiling = ["compileall", "-qq", "-j", "0", "-x", r"[/\\]tests[/\\]", str(VENV)]
        subprocess.run([str(PYTHON), "-P", "-m", *compiling], **inherited)
    READY.write_text("\n".join(sorted(sound)), "ascii")
    return failed


def make_venv():
    """Make an empty .venv that finds dipxl in this checkout."""
    # Without pip of its own: Debian's Python may lack ensurepip, and the starting Python's pip can install into it.
    venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False).create(VENV)
    library = next(VENV.glob("[Ll]ib/**/site-packages"))
    # Relative, hence plain ASCII whatever the folder is called: .pth files are read in an encoding that varies.
    (library / "dipxl.pth").write_text(os.path.relpath(ROOT, library), "ascii")


def run_pip(lock, inherited):
    """Have pip fetch what `lock` lists, and check every file against its hash; true if it failed."""
    # --no-deps: a lock is complete. It leaves out only docopt, which has no wheel and which num2words needs for its own
    # command line alone.
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-compile", "--no-input", "-qq"]
    pip = [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", "--python", str(PYTHON)]
    done = subprocess.run([*pip, "install", *options, "-r", str(ROOT / lock)], stderr=subprocess.PIPE, **inherited)
    (VENV / "pip.txt").write_bytes(done.stderr)
    return done.returncode != 0


def stop(sentence):
    """End with one sentence for the person and the exit code for 'stopped'."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nDihentikan; perintah yang sama boleh dijalankan lagi kapan saja.")
