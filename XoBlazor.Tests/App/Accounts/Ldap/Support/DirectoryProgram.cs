using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>A program of a directory server: found or the test is skipped (under <c>CI=true</c> it fails), run to its end, or run until disposed.</summary>
internal sealed class DirectoryProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private DirectoryProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said so far, on both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The path of a program, also where only root has it on the PATH.</summary>
    public static string Find(string name, string package)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"]))
            if (folder.Length > 0 && File.Exists(Path.Combine(folder, name)))
                return Path.Combine(folder, name);
        Missing($"'{name}' is not installed (Debian: apt-get install {package}; test.sh does it when run as root).");
        return name;
    }

    public static void Missing(string reason)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>Runs to the end; fails with everything it said when it does.</summary>
    public static async Task RunAsync(string file, string? input, TimeSpan limit, params string[] arguments)
    {
        await using var program = Start(file, arguments);
        await program._process.StandardInput.WriteAsync(input);
        program._process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(limit);
        await program._process.WaitForExitAsync(deadline.Token);
        if (program._process.ExitCode != 0)
            throw new InvalidOperationException($"{file} ended with {program._process.ExitCode}:\n{program.Output}");
    }

    /// <summary>Starts and waits until something listens on all the ports. Its input stays open: Samba ends with it, and so with a test run that was killed.</summary>
    public static async Task<DirectoryProgram> ServeAsync(string file, System.Net.IPAddress address, int[] ports, TimeSpan limit, params string[] arguments)
    {
        var program = Start(file, arguments);
        try
        {
            using var deadline = new CancellationTokenSource(limit);
            foreach (var port in ports)
                while (!await AnswersAsync(address, port, deadline.Token))
                {
                    if (program._process.HasExited)
                        throw new InvalidOperationException($"{file} ended with {program._process.ExitCode}:\n{program.Output}");
                    await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
                }

            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static DirectoryProgram Start(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Whom the tests' own tools talk to is known; it is our client whose checks are tested.
        start.Environment["LDAPTLS_REQCERT"] = "never";
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new DirectoryProgram(Process.Start(start)!);
    }

    private static async Task<bool> AnswersAsync(System.Net.IPAddress address, int port, CancellationToken token)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port, token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Take(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
