using System.Text;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.App.Administration;

/// <summary>Where updates come from, and as whom they are downloaded: kept, recorded, refused.</summary>
public sealed class UpdateAdministrationTests : IDisposable
{
    private static readonly byte[] s_file = Encoding.UTF8.GetBytes("""{"username":"client-77","apikey":"canary"}""");

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_SurvivesARestart()
    {
        await using (var before = new TestServer(_folder))
        {
            var (admin, updates) = (await before.AdminAsync(), before.Get<UpdateAdministration>());
            await updates.SetClientIdAsync(admin, s_file, Token);
            await updates.EditAsync(admin, " http://127.0.0.1:9/updates.xml ", "http://127.0.0.1:9", "ada", "canary", Token);
            await updates.UploadAsync(admin, "updates.xml", Catalogue("XS82E001"), Token);
        }

        await using var after = new TestServer(_folder);
        var settings = await after.Get<ICatalogueSettings>().GetAsync(Token);
        var state = await after.Get<CatalogueHome>().GetAsync(Token);

        Assert.Equal(("http://127.0.0.1:9/updates.xml", "http://127.0.0.1:9", "ada", "canary"), (settings.Url, settings.Proxy, settings.ProxyUser, settings.ProxyPassword));
        Assert.Equal(("client-77", "canary", TestServer.Admin), (settings.ClientId!.UserName, settings.ClientId.ApiKey, settings.ClientId.By));
        Assert.Equal((true, "XS82E001"), (state.Current!.IsUploaded, Assert.Single(state.Current.Catalogue.Updates.Values).Name));
        await using var database = await after.DatabaseAsync();
        Assert.DoesNotContain(database.Settings, one => one.Value.Contains("canary", StringComparison.Ordinal) || one.Value.Contains("client-77", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_OfTheServer_HoldUntilTheConsoleSaysOtherwise()
    {
        await using var server = new TestServer(_folder).With("Patching:CatalogueUrl", "https://mirror.example/updates.xml").With("Patching:HttpProxy", "http://proxy.example:3128").With("Patching:Mirrors:0", "https://mirror.example");
        var configured = await server.Get<ICatalogueSettings>().GetAsync(Token);
        await server.Get<UpdateAdministration>().EditAsync(await server.AdminAsync(), "https://other.example/updates.xml", "", "", null, Token);
        var told = await server.Get<ICatalogueSettings>().GetAsync(Token);

        Assert.Equal(("https://mirror.example/updates.xml", "http://proxy.example:3128"), (configured.Url, configured.Proxy));
        Assert.Equal(("https://other.example/updates.xml", null), (told.Url, told.Proxy));
        Assert.True(told.Trusts(new("https://mirror.example/a.zip")));
    }

    [Fact]
    public async Task ClientId_ReplacedAndRemoved_IsInTheAuditWithoutItsKey()
    {
        await using var server = new TestServer(_folder);
        var (admin, updates) = (await server.AdminAsync(), server.Get<UpdateAdministration>());
        await updates.SetClientIdAsync(admin, s_file, Token);
        await updates.SetClientIdAsync(admin, Encoding.UTF8.GetBytes("""{"username":"client-78","apikey":"canary"}"""), Token);
        var replaced = await server.Get<ICatalogueSettings>().GetAsync(Token);
        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => updates.SetClientIdAsync(admin, "canary"u8.ToArray(), Token));
        await updates.RemoveClientIdAsync(admin, Token);

        Assert.Equal("client-78", replaced.ClientId!.UserName);
        Assert.Null((await server.Get<ICatalogueSettings>().GetAsync(Token)).ClientId);
        Assert.StartsWith("This is no Client-ID file: it is no JSON.", refused.Message, StringComparison.Ordinal);
        var set = server.Audit("updates.set-client-id");
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded, AuditOutcome.Begun, AuditOutcome.Succeeded, AuditOutcome.Begun, AuditOutcome.Refused], set.Select(record => record.Outcome));
        Assert.Equal(["client-77", "client-78"], set.SelectMany(record => record.Parameters).Select(one => one.Value));
        Assert.Equal(2, server.Audit("updates.remove-client-id").Count);
    }

    [Theory]
    [InlineData("updates.xml", "", "", null, "This is no address of a catalogue.")]
    [InlineData("file:///etc/passwd", "", "", null, "This is no address of a catalogue.")]
    [InlineData("https://me:canary@mirror.example", "", "", null, "This is no address of a catalogue.")]
    [InlineData("https://mirror.example", "proxy:3128", "", null, "This is no address of a proxy.")]
    [InlineData("https://mirror.example", "socks5://proxy", "", null, "This is no address of a proxy.")]
    [InlineData("https://mirror.example", "", "ada", null, "A user without a proxy says nothing.")]
    [InlineData("https://mirror.example", "http://proxy.example", "a:b", null, "A proxy's user has no colon")]
    public async Task Edit_ToWhatCannotWork_IsRefusedInWords(string url, string proxy, string user, string? password, string words)
    {
        await using var server = new TestServer(_folder);
        var before = await server.Get<ICatalogueSettings>().GetAsync(Token);
        var admin = await server.AdminAsync();

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => server.Get<UpdateAdministration>().EditAsync(admin, url, proxy, user, password, Token));

        Assert.StartsWith(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before.Url, (await server.Get<ICatalogueSettings>().GetAsync(Token)).Url);
        Assert.DoesNotContain(server.Audit("updates.edit").SelectMany(record => record.Parameters), one => one.Value.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProxyPassword_IsKept_AndGoesNowhereElse()
    {
        await using var server = new TestServer(_folder);
        var (admin, updates) = (await server.AdminAsync(), server.Get<UpdateAdministration>());
        await updates.EditAsync(admin, "https://mirror.example", "http://proxy.example:3128", "ada", "canary", Token);
        await updates.EditAsync(admin, "https://other.example", "http://proxy.example:3128", "ada", null, Token);
        var kept = await server.Get<ICatalogueSettings>().GetAsync(Token);
        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => updates.EditAsync(admin, "https://other.example", "http://thief.example:3128", "ada", "", Token));
        await updates.EditAsync(admin, "https://other.example", "", "", null, Token);

        Assert.Equal(("https://other.example", "canary"), (kept.Url, kept.ProxyPassword));
        Assert.Contains("Enter the password again", refused.Message, StringComparison.Ordinal);
        Assert.Null((await server.Get<ICatalogueSettings>().GetAsync(Token)).ProxyPassword);
        Assert.DoesNotContain(server.Audit("updates.edit").SelectMany(record => record.Parameters), one => one.Value.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Catalogue_ThatCannotBeFetchedOrRead_IsAFailureInTheAudit()
    {
        await using var server = new TestServer(_folder);
        var (admin, updates) = (await server.AdminAsync(), server.Get<UpdateAdministration>());

        var fetched = await Assert.ThrowsAsync<AdministrationRefusedException>(() => updates.FetchAsync(admin, Token));
        var uploaded = await Assert.ThrowsAsync<AdministrationRefusedException>(() => updates.UploadAsync(admin, "page.html", new MemoryStream("<html/>"u8.ToArray()), Token));

        Assert.Contains("127.0.0.1 cannot be reached", fetched.Message, StringComparison.Ordinal);
        Assert.Contains("begins with 'html'", uploaded.Message, StringComparison.Ordinal);
        Assert.Equal(AuditOutcome.Failed, server.Audit("updates.fetch-catalogue")[^1].Outcome);
        Assert.Equal(AuditOutcome.Failed, server.Audit("updates.upload-catalogue")[^1].Outcome);
    }

    [Fact]
    public async Task WhoeverHasNotTheRight_ChangesNothing()
    {
        await using var server = new TestServer(_folder);
        var (admin, updates) = (await server.AdminAsync(), server.Get<UpdateAdministration>());
        var id = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", "a long enough password 7"), Token);
        await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, Role.Viewer.Id, AccessScope.Everything.Instance, Token);
        var ada = new Requester(new Actor(AccessPolicyFeed.Text(id), "ada"), "console");

        Func<Task>[] acts =
        [
            () => updates.SetClientIdAsync(ada, s_file, Token), () => updates.RemoveClientIdAsync(ada, Token), () => updates.EditAsync(ada, "https://thief.example", "", "", null, Token),
            () => updates.FetchAsync(ada, Token), () => updates.UploadAsync(ada, "updates.xml", Catalogue("XS82E001"), Token), () => updates.RemoveUploadedAsync(ada, Token),
        ];

        foreach (var act in acts)
            await Assert.ThrowsAsync<AdministrationRefusedException>(act);
        var settings = await server.Get<ICatalogueSettings>().GetAsync(Token);
        Assert.Equal((null, "127.0.0.1"), (settings.ClientId, new Uri(settings.Url).IdnHost));
        Assert.Null((await server.Get<CatalogueHome>().StateAsync(Token)).Uploaded);
    }

    private static MemoryStream Catalogue(string name) => new(Encoding.UTF8.GetBytes(CatalogueFile.Of("8.2.1", (new MadeUpdate(name), new Uri("https://example.org/x.zip")))));
}
