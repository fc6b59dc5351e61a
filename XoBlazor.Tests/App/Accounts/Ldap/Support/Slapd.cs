using System.Net;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>
/// A real OpenLDAP server on a loopback address of its own, with its own configuration, content and certificate, gone when disposed.
/// Reads need <see cref="Reader"/>; nobody may read anything. The overlays memberof and ppolicy are on.
/// </summary>
internal sealed class Slapd : IAsyncDisposable
{
    public const string Suffix = "dc=example,dc=test";
    public const string Root = "cn=root," + Suffix;
    public const string RootPassword = "root secret";
    public const string Reader = "cn=reader," + Suffix;
    public const string ReaderPassword = "reader secret";
    public const int PlainPort = 3890;
    public const int TlsPort = 6360;

    private readonly TempFolder _folder = new();
    private readonly SlapdOptions _options;
    private DirectoryProgram? _program;

    private Slapd(TestAuthority authority, IPAddress address, SlapdOptions options)
    {
        _options = options;
        Authority = authority;
        Address = address;
    }

    public TestAuthority Authority { get; }

    public IPAddress Address { get; }

    public string Plain => $"ldap://{Address}:{PlainPort}";

    public string Tls => $"ldaps://{Address}:{TlsPort}";

    /// <summary>A server with this content (LDIF below the suffix and the reader, which are there already).</summary>
    public static async Task<Slapd> StartAsync(TestAuthority authority, string content, SlapdOptions? options = null)
    {
        options ??= new SlapdOptions();
        var server = new Slapd(authority, LoopbackAddress.Next(), options);
        try
        {
            Directory.CreateDirectory(server._folder.File("data"));
            server.Use(options.Certificate?.Invoke(server.Address) ?? authority.Issue(server.Address));
            server._folder.Write("slapd.conf", server.Configuration(options));
            var all = Path.Combine(server._folder.Path, "content.ldif");
            await File.WriteAllTextAsync(all, Beginning + content);
            await DirectoryProgram.RunAsync(DirectoryProgram.Find("slapadd", "slapd"), null, Patience.Limit, "-q", "-f", server._folder.File("slapd.conf"), "-l", all);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public LdapTarget Target(LdapSecurity security) => new()
    {
        Directory = "Example",
        Host = Address.ToString(),
        Port = security == LdapSecurity.Ldaps ? TlsPort : PlainPort,
        Security = security,
        Trust = LdapTrust.Of(Authority.Pem),
        ConnectTimeout = Patience.Limit,
        AnswerTimeout = Patience.Limit,
    };

    /// <summary>Applies LDIF change records, as root.</summary>
    public Task ModifyAsync(string changes) =>
        DirectoryProgram.RunAsync(DirectoryProgram.Find("ldapmodify", "ldap-utils"), changes, Patience.Limit, "-x", "-H", Plain, "-D", Root, "-w", RootPassword);

    /// <summary>How many passwords were tried on an entry since the start; needs <see cref="SlapdOptions.TellsOfBinds"/>.</summary>
    public int Binds(string dn) => _program!.Output.Split('\n').Count(line => line.Contains($"BIND dn=\"{dn}\" method=", StringComparison.OrdinalIgnoreCase));

    /// <summary>Ends it as a crash would; address and content stay.</summary>
    public async Task KillAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _program = null;
    }

    public async Task StartAsync() =>
        _program = await DirectoryProgram.ServeAsync(DirectoryProgram.Find("slapd", "slapd"), Address, [PlainPort, TlsPort], Patience.Limit,
            "-f", _folder.File("slapd.conf"), "-h", $"{Plain}/ {Tls}/", "-d", _options.TellsOfBinds ? "stats" : "0");

    /// <summary>The certificate from the next start on.</summary>
    public void Use((string Certificate, string Key) certificate)
    {
        _folder.Write("server.pem", certificate.Certificate);
        _folder.Write("server.key", certificate.Key);
        _folder.Write("ca.pem", Authority.Pem);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private const string Beginning = $"""
        dn: {Suffix}
        objectClass: dcObject
        objectClass: organization
        o: Example
        dc: example

        dn: {Reader}
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: reader
        userPassword: {ReaderPassword}


        """;

    private string Configuration(SlapdOptions options) => $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/nis.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload memberof
        moduleload ppolicy
        pidfile {_folder.File("slapd.pid")}
        TLSCACertificateFile {_folder.File("ca.pem")}
        TLSCertificateFile {_folder.File("server.pem")}
        TLSCertificateKeyFile {_folder.File("server.key")}
        allow bind_v2 {(options.AllowUnauthenticatedBind ? "bind_anon_cred bind_anon_dn" : "")}
        sockbuf_max_incoming_auth 16777215
        {options.Global}
        database mdb
        maxsize 268435456
        suffix "{Suffix}"
        rootdn "{Root}"
        rootpw "{RootPassword}"
        directory {_folder.File("data")}
        index objectClass,uid,member,memberUid,entryUUID,gidNumber eq
        limits dn.exact="{Reader}" {options.Limits}
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn.exact="{Reader}" read by users auth by * none
        overlay memberof
        overlay ppolicy
        ppolicy_use_lockout
        """;
}

/// <summary>In what a server differs from the usual.</summary>
internal sealed record SlapdOptions
{
    /// <summary>Certificate and key for the server's address; one of the authority's otherwise.</summary>
    public Func<IPAddress, (string Certificate, string Key)>? Certificate { get; init; }

    /// <summary>What the reader may take at once; 500 a request and any number by pages, as many directories do.</summary>
    public string Limits { get; init; } = "size.soft=500 size.hard=500 size.pr=500 size.prtotal=unlimited";

    /// <summary>Whether a bind with a name and no password is answered with success, as careless servers do.</summary>
    public bool AllowUnauthenticatedBind { get; init; }

    /// <summary>Whether it tells of each password that is tried on an entry.</summary>
    public bool TellsOfBinds { get; init; }

    /// <summary>Further global lines of the configuration.</summary>
    public string Global { get; init; } = "";
}
