using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.App.Backups;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.App.Hosting.Tls;
using XoBlazor.Core.Access;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Pools;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Secrets planted at every entrance are found nowhere in the data directory, nor in a backup, nor in the log, nor on the pages that refuse them. What
/// opens the sealed ones lies in files of its own, each its owner's alone, and nowhere else. Class 19 of docs/security.md.
/// </summary>
public sealed class SecretsOnDiskTests
{
    private const string Given = "canary given to ada";
    private const string Chosen = "canary chosen by ada";
    private const string Wrong = "canary typed wrongly";
    private const string Service = "canary of the service account";
    private const string Root = "canary of the pool's root";
    private const string ClientKey = "canary of the client id";
    private const string OfProxy = "canary of the proxy";
    private const string OfKey = "canary of the key file";
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_PlantedAtEveryEntrance_LieNowhereReadable()
    {
        using var folder = new TempFolder();
        using var log = new CapturedLog();
        await using var server = new TestServer(folder).With(log).With("Urls", "https://127.0.0.1:0");
        var (secrets, pages) = await PlantAsync(server);
        var (backup, unpacked) = (folder.File("one.backup"), folder.File("unpacked"));
        new BackupWriter(new DataDirectory(server.DataFolder), TimeProvider.System).Write(backup, overwrite: false);
        BackupReader.Unpack(backup, unpacked);

        Assert.DoesNotContain(secrets, secret => pages.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await DiskSearch.FindAsync(server.DataFolder, secrets));
        Assert.Empty(await DiskSearch.FindAsync(unpacked, secrets));
        Assert.Empty(log.Lines.SelectMany(line => secrets.Where(secret => line.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{line.Category} says {secret}")).Distinct());
    }

    [Fact]
    public async Task Keys_LieInTheirOwnFilesAlone_AlsoInABackup()
    {
        using var folder = new TempFolder();
        using var log = new CapturedLog();
        await using var server = new TestServer(folder).With(log).With("Urls", "https://127.0.0.1:0");
        await PlantAsync(server);
        var (backup, unpacked) = (folder.File("one.backup"), folder.File("unpacked"));
        new BackupWriter(new DataDirectory(server.DataFolder), TimeProvider.System).Write(backup, overwrite: false);
        BackupReader.Unpack(backup, unpacked);

        var keys = await KeysAsync(server.DataFolder);

        var own = keys.Select(key => $"{key.File}: {key.Text}").Order().ToList();
        Assert.Equal(3, own.Count);
        Assert.Equal(own, (await DiskSearch.FindAsync(server.DataFolder, [.. keys.Select(key => key.Text)])).Order());
        Assert.Equal(own, (await DiskSearch.FindAsync(unpacked, [.. keys.Select(key => key.Text)])).Order());
        Assert.DoesNotContain(log.Lines, line => keys.Any(key => line.Text.Contains(key.Text, StringComparison.Ordinal)));
        Assert.All(keys.Select(key => Path.Combine(server.DataFolder, key.File)).Append(backup), file => Assert.Equal(Owners, File.GetUnixFileMode(file)));
    }

    /// <summary>A key that its owner keeps elsewhere, with a password of its own in the settings.</summary>
    [Fact]
    public void PasswordOfAKeyFile_ThatIsWrong_IsNotSaid()
    {
        using var folder = new TempFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=server", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var options = new HttpsOptions
        {
            Certificate = folder.Write("server.pem", certificate.ExportCertificatePem()),
            Key = folder.Write("server.key", key.ExportEncryptedPkcs8PrivateKeyPem("another one", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000))),
            Password = OfKey,
        };

        var refused = Assert.Throws<StartupException>(() => CertificateFile.Load(options));

        Assert.DoesNotContain(OfKey, refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An error that nobody foresaw may hold anything: whoever sent the request gets a number, at every face.</summary>
    [Fact]
    public async Task ErrorNobodyForesaw_IsAnsweredWithoutAWordOfIt()
    {
        await using var server = new TestServer().With(services => services.AddSingleton<IPasswordHasher<Account>>(new BrokenHasher()));
        using var browser = server.Browser();
        await using var client = await RpcClient.ConnectAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/vms");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestServer.Admin}:{Wrong}")));

        var page = await browser.SignInAsAsync(TestServer.Admin, Wrong);
        var socket = await client.CallAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = Wrong });
        var rest = await browser.SendAsync(request, Token);

        string[] answers = [await page.Content.ReadAsStringAsync(Token), socket.ToJsonString(), await rest.Content.ReadAsStringAsync(Token)];
        Assert.All(answers, answer => Assert.Contains("nternal error", answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain(Wrong, answer, StringComparison.OrdinalIgnoreCase));
        Assert.All(answers, answer => Assert.DoesNotContain(nameof(BrokenHasher), answer, StringComparison.Ordinal));
    }

    /// <summary>Uses every entrance that takes a secret. Returns the secrets, and all pages and answers that came back and should not show them.</summary>
    private static async Task<(IReadOnlyList<string> Secrets, string Pages)> PlantAsync(TestServer server)
    {
        using var browser = server.Browser("https://localhost");
        await TestServer.SignInAsync(browser);
        var admin = await server.AdminAsync();
        await server.Get<UserAdministration>().CreateAsync(admin, new("ada", Given), Token);
        using var hers = server.Browser("https://localhost");
        var pages = new StringBuilder();
        pages.Append(await (await hers.SignInAsAsync("ada", Wrong)).Content.ReadAsStringAsync(Token));
        await hers.SignInAsAsync("ada", Given);
        pages.Append(await (await TestServer.SubmitAsync(hers, SignInPages.PasswordPath, New(Chosen, Wrong))).Content.ReadAsStringAsync(Token));
        var signedIn = await TestServer.SubmitAsync(hers, SignInPages.PasswordPath, New(Chosen, Chosen));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("__Host-xo-session=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
        var key = Totp.NewKey();
        var codes = await server.Get<OwnAccount>().AddAppAsync(admin, await server.SessionAsync(TestServer.Admin, isProven: true), key, server.Code(key), Token);
        var apiToken = await server.Get<ApiTokens>().CreateAsync(admin, Guid.Parse(admin.Actor.Id), "robot", TimeSpan.FromDays(1), null, Token);
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Nowhere", "dc=example,dc=test", "ldaps://127.0.0.1:9") with { ServiceAccount = "cn=reader" };
        await server.Get<DirectoryAdministration>().SaveAsync(admin, settings, Service, Token);
        await foreach (var step in server.Get<DirectoryAdministration>().TestAsync(admin, settings, null, "ada", Wrong, Token))
            pages.Append(step);
        var pool = new PoolSettings { Id = Guid.NewGuid(), Label = "Lab", Address = "192.0.2.1", User = "root", Password = Root, IsEnabled = false };
        await server.Get<IPoolSettingsStore>().SaveAsync(pool, Token);
        pages.Append(await server.Get<PoolAdministration>().AddAsync(admin, new("127.0.0.1:9", "root", Root, Accepted: []), Token));
        await server.Get<UpdateAdministration>().SetClientIdAsync(admin, Encoding.UTF8.GetBytes($$"""{"username":"client-77","apikey":"{{ClientKey}}"}"""), Token);
        await server.Get<UpdateAdministration>().EditAsync(admin, "http://127.0.0.1:9/updates.xml", "http://127.0.0.1:9", "ada", OfProxy, Token);
        pages.Append((await Assert.ThrowsAsync<AdministrationRefusedException>(() => server.Get<UpdateAdministration>().FetchAsync(admin, Token))).Message);
        pages.Append(await server.Get<ICatalogueSettings>().GetAsync(Token));
        return ([TestServer.Password, Given, Chosen, Wrong, Service, Root, ClientKey, OfProxy, key, codes[0], apiToken.Split('_')[2], cookie], pages.ToString());
    }

    private static Dictionary<string, string> New(string password, string again) => new() { ["password"] = password, ["again"] = again };

    /// <summary>What opens or seals everything else: each in the file where the documentation says that it lies.</summary>
    private static async Task<IReadOnlyList<(string File, string Text)>> KeysAsync(string folder)
    {
        var ring = Directory.EnumerateFiles(Path.Combine(folder, "keys"), "key-*.xml").Single();
        var master = Between(await File.ReadAllTextAsync(ring, Token), "<value>", "</value>");
        var tls = Between(await File.ReadAllTextAsync(Path.Combine(folder, "tls", "self-signed.pem"), Token), "-----BEGIN PRIVATE KEY-----\n", "\n");
        var audit = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "keys", "audit.key"), Token));
        return [(Path.GetRelativePath(folder, ring), master), ("tls/self-signed.pem", tls), ("keys/audit.key", audit)];
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    private sealed class BrokenHasher : PasswordHasher<Account>
    {
        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
            throw new InvalidOperationException($"broke at {providedPassword}");
    }
}
