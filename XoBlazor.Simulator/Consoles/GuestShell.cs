using System.Globalization;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// What a simulated guest does with what is typed: it asks for a name and a password, takes any, and then has a few commands. For one caller at a time.
/// </summary>
internal sealed class GuestShell(string name, string system, bool isWindows, TimeProvider time, Action<string> write)
{
    private const int LongestLine = 2048;

    private string _line = "";
    private string _user = "";
    private Stage _stage = isWindows ? Stage.Locked : Stage.User;

    private enum Stage { Locked, User, Password, Commands }

    /// <summary>What was typed since the last end of a line.</summary>
    public string Line => _line;

    private string Prompt => isWindows ? $"C:\\Users\\{_user}>" : _user == "root" ? $"root@{name}:~# " : $"{_user}@{name}:~$ ";

    /// <summary>Writes what waits for somebody to sign in.</summary>
    public void Greet()
    {
        (_line, _stage) = ("", isWindows ? Stage.Locked : Stage.User);
        write(isWindows
            ? $"\f\n\n\n\n\n\n\n\n{new string(' ', 24)}{name}\n\n{new string(' ', 24)}Press Ctrl+Alt+Delete to unlock."
            : $"{system} {name} tty1\n\n{name} login: ");
    }

    /// <summary>Ctrl+Alt+Del.</summary>
    public void Attend()
    {
        if (!isWindows)
        {
            write("\nCtrl+Alt+Del is not obeyed here.\n");
            Ask();
        }
        else if (_stage == Stage.Locked)
        {
            (_user, _stage) = ("Administrator", Stage.Password);
            write($"\f\n\n\n\n\n\n\n\n{new string(' ', 24)}Administrator\n\n{new string(' ', 24)}Enter the password for {name}: ");
        }
    }

    /// <summary>Takes a character; a carriage return ends the line.</summary>
    public void Type(char character)
    {
        if (_stage == Stage.Locked) return;
        switch (character)
        {
            case '\r':
                var line = _line;
                _line = "";
                write("\n");
                Take(line);
                break;
            case '\b' when _line.Length > 0:
                _line = _line[..^1];
                if (_stage != Stage.Password) write("\b \b");
                break;
            case '\u0003':
                _line = "";
                write("^C\n");
                Ask();
                break;
            case >= ' ' when _line.Length < LongestLine:
                _line += character;
                if (_stage != Stage.Password) write(character.ToString());
                break;
        }
    }

    private void Take(string line)
    {
        switch (_stage)
        {
            case Stage.User when line.Length > 0:
                (_user, _stage) = (line, Stage.Password);
                break;
            case Stage.Password:
                _stage = Stage.Commands;
                write(isWindows ? "\fMicrosoft Windows [Version 10.0.20348.2700]\n\n" : $"Welcome to {system}.\n");
                break;
            case Stage.Commands:
                Run(line.Trim());
                return;
        }

        Ask();
    }

    private void Run(string line)
    {
        var (command, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        switch (command)
        {
            case "exit" or "logout":
                write("\f");
                Greet();
                return;
            case "clear" or "cls":
                write("\f");
                break;
            case "":
                break;
            default:
                write($"{Answer(command, rest)}\n");
                break;
        }

        Ask();
    }

    private string Answer(string command, string rest) => command switch
    {
        "echo" => rest,
        "hostname" => name,
        "whoami" => _user,
        "ver" or "uname" => system,
        "date" => time.GetUtcNow().ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture),
        "help" => "clear, date, echo, exit, hostname, uname, whoami",
        _ => isWindows ? $"'{command}' is not recognized as a command." : $"-bash: {command}: command not found",
    };

    private void Ask() => write(_stage switch
    {
        Stage.Locked => "",
        Stage.User => $"{name} login: ",
        Stage.Password => "Password: ",
        Stage.Commands => Prompt,
    });
}
