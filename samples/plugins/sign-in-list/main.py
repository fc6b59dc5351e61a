"""People of a list sign in. Answers one question: whose are this name and this password?"""
import getpass
import hashlib
import hmac
import json
import secrets
import sys

ROUNDS = 200_000
people = {}


def hashed(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), bytes.fromhex(salt), ROUNDS).hex()


def configure(configuration):
    people.clear()
    for line in configuration["people"]:
        name, groups, salt, digest = line.split(":")
        people[name.lower()] = (name, [group for group in groups.split(",") if group], salt, digest)


def prove(question):
    name, groups, salt, digest = people.get(question["user"].lower(), ("", [], "00", ""))
    # The same work for a name that nobody has.
    is_right = hmac.compare_digest(hashed(question["password"], salt), digest)
    return {"subject": name, "name": name, "groups": groups} if is_right and name else None


def answer(method, params):
    if method == "initialize":
        return {"id": "sign-in-list", "version": "1.0.0"}
    if method == "configure":
        configure(params["configuration"])
    elif method == "auth.password":
        return prove(params)
    return None


def serve():
    for line in sys.stdin:
        message = json.loads(line)
        if "method" not in message:
            continue
        try:
            reply = {"result": answer(message["method"], message.get("params") or {})}
        except (KeyError, ValueError) as wrong:
            reply = {"error": {"code": -32602, "message": f"this cannot be read: {wrong}"}}
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], **reply}), flush=True)
        if message["method"] == "unload":
            return


if __name__ == "__main__":
    if len(sys.argv) > 1:
        salt = secrets.token_hex(16)
        print(":".join([sys.argv[1], *(sys.argv[2:3] or [""]), salt, hashed(getpass.getpass(), salt)]))
    else:
        serve()
