using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>Whom we take for the directory: certificates of a real slapd, by LDAPS and by StartTLS.</summary>
public sealed class DirectoryTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new("Somebody else's CA");

    [Theory]
    [InlineData(LdapSecurity.Ldaps)]
    [InlineData(LdapSecurity.StartTls)]
    public async Task Connect_CertificateOfOurAuthority_IsTaken(object security)
    {
        await using var server = await StartAsync();

        await using var connection = await Connect(server.Target((LdapSecurity)security));
        await connection.BindAsync(Slapd.Reader, Slapd.ReaderPassword, Token);

        Assert.Equal($"dn:{Slapd.Reader}", await connection.WhoAmIAsync(Token));
        Assert.Contains(server.Address.ToString(), connection.Certificate!.Names);
        Assert.StartsWith("TLS 1.", connection.TlsVersion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LdapSecurity.Ldaps)]
    [InlineData(LdapSecurity.StartTls)]
    public async Task Connect_WrongAuthority_IsUntrusted(object security)
    {
        await using var server = await StartAsync();

        var refused = await RefusedAsync(server.Target((LdapSecurity)security) with { Trust = LdapTrust.Of(_stranger.Pem) });
        var bySystem = await RefusedAsync(server.Target((LdapSecurity)security) with { Trust = LdapTrust.System });

        Assert.Equal(LdapUnreachableReason.CertificateUntrusted, refused.Reason);
        Assert.Equal(LdapUnreachableReason.CertificateUntrusted, bySystem.Reason);
        Assert.Contains("Test directory CA", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Certificate);
    }

    [Fact]
    public async Task Connect_ExpiredCertificate_SaysSince()
    {
        await using var server = await StartAsync(address => _authority.Issue(address, days: -1));

        var refused = await RefusedAsync(server.Target(LdapSecurity.Ldaps));

        Assert.Equal(LdapUnreachableReason.CertificateExpired, refused.Reason);
        Assert.Contains("expired on", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_CertificateForAnotherName_SaysForWhich()
    {
        await using var server = await StartAsync(_ => _authority.Issue(null, "somewhere.example.test"));

        var refused = await RefusedAsync(server.Target(LdapSecurity.StartTls));

        Assert.Equal(LdapUnreachableReason.CertificateNameMismatch, refused.Reason);
        Assert.Contains("somewhere.example.test", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_CheckTurnedOff_TakesAnyCertificate()
    {
        await using var server = await StartAsync(address => _stranger.Issue(null, "somewhere.example.test", days: -1));

        await using var connection = await Connect(server.Target(LdapSecurity.Ldaps) with { Trust = LdapTrust.Nobody });

        Assert.False(connection.Target.Trust.IsChecked);
        Assert.Contains("somewhere.example.test", connection.Certificate!.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_CertificateChangedToAnotherAuthoritys_SendsNoPassword()
    {
        await using var server = await StartAsync();
        var directories = new Directories();
        var settings = Directories.Of(server);
        await directories.AcceptedAsync(settings, "alice");

        await server.KillAsync();
        server.Use(_stranger.Issue(server.Address));
        await server.StartAsync();
        var refused = await directories.RefusedAsync(settings, "alice", "alices secret");

        Assert.Equal(DirectoryRefusalReason.DirectoryTrouble, refused.Reason);
        Assert.Contains("leads to no trusted authority", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_CaFromAFile_IsReadAndItsAbsenceSaid()
    {
        await using var server = await StartAsync();
        using var folder = new App.Support.TempFolder();
        var settings = Directories.Of(server) with { CaPem = null, CaFile = folder.Write("ca.pem", _authority.Pem) };
        var directories = new Directories();

        await directories.AcceptedAsync(settings, "alice");
        File.Delete(settings.CaFile);
        var refused = await directories.RefusedAsync(settings, "alice", "alices secret");

        Assert.Contains($"the CA file {settings.CaFile} cannot be read", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no certificate")]
    [InlineData("no pem at all", "no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "cannot be read")]
    public void Trust_OfNonsense_IsRefusedInWords(string pem, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => LdapTrust.Of(pem)).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<Slapd> StartAsync(Func<System.Net.IPAddress, (string, string)>? certificate = null) =>
        Slapd.StartAsync(_authority, ExampleDirectory.Small, new SlapdOptions { Certificate = certificate });

    private static Task<IDirectoryConnection> Connect(LdapTarget target) => new LdapClient(TimeProvider.System).ConnectAsync(target, Token);

    private static async Task<LdapUnreachableException> RefusedAsync(LdapTarget target) =>
        await Assert.ThrowsAsync<LdapUnreachableException>(() => Connect(target));
}
