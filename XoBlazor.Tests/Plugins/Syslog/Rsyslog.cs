using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins.Syslog;

/// <summary>Debian's rsyslog on loopback, started and killed as a test likes; what it was sent stays in a file.</summary>
internal sealed partial class Rsyslog : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _program = Needs.Program("rsyslogd", "rsyslog");
    private readonly string _listens;
    private Process? _process;

    public Rsyslog(string transport)
    {
        Port = FreePort(transport);
        if (transport == "tls" && !File.Exists("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so"))
            Assert.Skip("rsyslog knows no TLS; install it (Debian: apt-get install rsyslog-gnutls) or let ./test.sh do it.");
        if (transport == "tls")
            MakeCertificate();
        _listens = transport switch
        {
            "udp" => $"""module(load="imudp") input(type="imudp" address="127.0.0.1" port="{Port}")""",
            "tcp" => $"""module(load="imtcp") input(type="imtcp" address="127.0.0.1" port="{Port}")""",
            _ => $"""
                global(DefaultNetstreamDriver="gtls" DefaultNetstreamDriverCAFile="{_folder.File("cert.pem")}" DefaultNetstreamDriverCertFile="{_folder.File("cert.pem")}" DefaultNetstreamDriverKeyFile="{_folder.File("key.pem")}")
                module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon") input(type="imtcp" address="127.0.0.1" port="{Port}")
                """,
        };
    }

    public int Port { get; }

    /// <summary>What a client of TLS has to trust; empty without.</summary>
    public string Pem { get; private set; } = "";

    public IReadOnlyList<string> Lines => File.Exists(_folder.File("all.log")) ? File.ReadAllLines(_folder.File("all.log")) : [];

    /// <summary>The numbers of the records that came, in the order they came.</summary>
    public IReadOnlyList<long> Numbers => [.. Lines.Select(line => Number().Match(line)).Where(match => match.Success).Select(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

    public void Start()
    {
        File.WriteAllText(_folder.File("rsyslog.conf"), $$"""
            global(workDirectory="{{_folder.Path}}" maxMessageSize="64k")
            {{_listens}}
            template(name="all" type="string" string="%pri% %hostname% %app-name% %msgid% %structured-data% %msg%\n")
            action(type="omfile" file="{{_folder.File("all.log")}}" template="all")
            """);
        _process = Process.Start(new ProcessStartInfo(_program, ["-n", "-f", _folder.File("rsyslog.conf"), "-i", _folder.File("pid")]))!;
    }

    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
        File.Delete(_folder.File("pid"));
    }

    public async Task UntilAsync(Func<IReadOnlyList<string>, bool> isSo, CancellationToken token)
    {
        while (!isSo(Lines))
            await Task.Delay(50, token);
    }

    public void Dispose()
    {
        Kill();
        _folder.Dispose();
    }

    private static int FreePort(string transport)
    {
        using var socket = transport == "udp" ? new Socket(SocketType.Dgram, ProtocolType.Udp) : new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        Pem = made.ExportCertificatePem();
        _folder.Write("cert.pem", Pem);
        _folder.Write("key.pem", key.ExportRSAPrivateKeyPem());
    }

    [GeneratedRegex("number=\"(\\d+)\"")]
    private static partial Regex Number();
}
