using System.Net;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Notifications.Support;

/// <summary>
/// A real mail server on a loopback address of its own, with a certificate of the authority's: it takes mail for everybody but nobody@example.test (never) and later@example.test
/// (not now), wants a name and password where asked to, and keeps what it took in its queue.
/// </summary>
internal sealed class Exim : IAsyncDisposable
{
    public const int PlainPort = 2525;
    public const int TlsPort = 4650;
    public const string User = "ada";
    public const string Password = "right secret";

    /// <summary>Names and passwords are for encrypted connections.</summary>
    private const string Offered = "${if eq{$tls_in_cipher}{}{}{*}}";

    private static readonly string s_condition = "${if and{{eq{$auth2}{" + User + "}}{eq{$auth3}{" + Password + "}}}}";

    private readonly TempFolder _folder = new();
    private DirectoryProgram? _program;

    private Exim(IPAddress address) => Address = address;

    public IPAddress Address { get; }

    /// <summary>What it took, header and body of each.</summary>
    public IReadOnlyList<string> Mails => !Directory.Exists(_folder.File("spool/input")) ? [] : [.. Directory.GetFiles(_folder.File("spool/input"), "*-H").Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file) + File.ReadAllText(file[..^2] + "-D"))];

    public static async Task<Exim> StartAsync(TestAuthority authority, bool wantsName = false)
    {
        var program = Needs.Program("exim4", "exim4-daemon-light");
        Needs.Root("A mail server for itself is started by root only.");
        var server = new Exim(LoopbackAddress.Next());
        try
        {
            var (certificate, key) = authority.Issue(server.Address, "mail.example.test");
            server._folder.Write("server.pem", certificate);
            server._folder.Write("server.key", key);
            server._folder.Write("exim.conf", server.Configuration(wantsName));
            Directory.CreateDirectory(server._folder.File("spool"));
            await DirectoryProgram.RunAsync("/bin/sh", null, Patience.Limit, "-c", $"chmod 755 {server._folder.Path} && chmod 644 {server._folder.File("server.key")} {server._folder.File("server.pem")} && chown Debian-exim {server._folder.File("spool")}");
            server._program = await DirectoryProgram.ServeAsync(program, server.Address, [PlainPort, TlsPort], Patience.Limit, "-bdf", "-C", server._folder.File("exim.conf"));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _folder.Dispose();
    }

    private string Configuration(bool wantsName) => $$"""
        exim_user = Debian-exim
        exim_group = Debian-exim
        primary_hostname = mail.example.test
        spool_directory = {{_folder.File("spool")}}
        log_file_path = {{_folder.File("spool")}}/log-%s
        pid_file_path = {{_folder.File("spool")}}/pid
        queue_only
        local_interfaces = <; [{{Address}}]:{{PlainPort}}; [{{Address}}]:{{TlsPort}}
        tls_on_connect_ports = {{TlsPort}}
        tls_advertise_hosts = *
        tls_certificate = {{_folder.File("server.pem")}}
        tls_privatekey = {{_folder.File("server.key")}}
        host_lookup =
        rfc1413_query_timeout = 0s
        auth_advertise_hosts = {{Offered}}
        acl_smtp_mail = acl_mail
        acl_smtp_rcpt = acl_rcpt
        acl_smtp_data = acl_data

        begin acl
        acl_mail:
          {{(wantsName ? "require authenticated = *" : "")}}
          accept
        acl_rcpt:
          deny message = no such person here
               recipients = nobody@example.test
          defer message = come back later
               recipients = later@example.test
          accept
        acl_data:
          accept

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_set_id = $auth2
          server_condition = {{s_condition}}
        """;
}
