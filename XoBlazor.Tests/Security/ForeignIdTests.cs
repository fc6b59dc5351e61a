using System.Net;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// The id of something that is somebody else's leads no further than one that nothing has: by uuid or by reference, of the object itself or
/// of what hangs on it. Objects that are named in an operation's parameters: <see cref="Access.MatrixTests"/>. Class 3 of docs/security.md.
/// </summary>
[Collection(nameof(Estate))]
public sealed class ForeignIdTests(Estate estate)
{
    private const string Nothing = "00000000-0000-4000-8000-000000000000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> People => ["norma", "vera", "olaf"];

    [Theory]
    [MemberData(nameof(People))]
    public async Task Operation_OnAnyObjectThatIsHidden_AnswersAsIfThereWereNone(string who)
    {
        var person = estate.People.Single(one => one.Name == who);
        var runner = estate.Server.Get<OperationRunner>();
        var tried = 0;

        foreach (var operation in estate.Server.Get<OperationCatalogue>().All)
            foreach (var id in estate.HiddenFrom(person).DistinctBy(value => value.Class).SelectMany(value => (string[])[value.Uuid, value.Ref]))
            {
                var key = new ObjectKey(estate.Pool.Uuid, id);
                var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => runner.StartAsync(new(person.Actor!, "test"), operation, key, null, Token));
                Assert.Equal((AccessEngine.NoSuchObject(key), RefusalReason.NotThere, id), (refused.Message, refused.Reason, refused.About));
                tried++;
            }

        Assert.True(tried > 0);
    }

    /// <summary>Disks, devices, snapshots, tasks and alerts of somebody else's VM, and the VM itself: their pages say what they say of nothing.</summary>
    [Theory]
    [MemberData(nameof(People))]
    public async Task Page_OfAnyObjectThatIsHidden_IsThePageOfNothing(string who)
    {
        var person = estate.People.Single(one => one.Name == who);
        var page = await estate.PageAsync(person);
        await page.GotoAsync(new Uri(estate.Address, "/not-found").AbsoluteUri);
        await CircuitFace.OpenedAsync(page);

        foreach (var hidden in estate.HiddenFrom(person).Where(value => value is not Core.Model.Pool).DistinctBy(value => value.Class))
            if (ObjectUrl.Of(estate.Pool.Uuid, hidden) is { } address)
                foreach (var query in (string[])["", "?tab=timeline"])
                    Assert.Equal(await TextAsync(address.Replace(hidden.Uuid, Nothing, StringComparison.Ordinal) + query, Nothing), await TextAsync(address + query, hidden.Uuid));
        await page.Context.CloseAsync();

        async Task<string> TextAsync(string address, string id)
        {
            await CircuitFace.GoAsync(page, "/not-found");
            await CircuitFace.GoAsync(page, address);
            return Unnamed(await page.Locator("main").InnerTextAsync(), id);
        }
    }

    [Fact]
    public async Task OwnAccount_WithIdsOfAnother_ReachesNothing()
    {
        var self = new Requester(estate.Viewer.Actor!, "test");
        var tokens = estate.Server.Get<ApiTokens>();

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => estate.Server.Get<UserAdministration>().EndSessionAsync(self, Guid.Parse(self.Actor.Id), estate.Others.Session, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => tokens.RevokeAsync(self, estate.Others.Token, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => tokens.CreateAsync(self, estate.Others.Account, "mine now", TimeSpan.FromDays(1), null, Token));

        Assert.Contains(estate.Server.Get<SignInSessions>().Of(estate.Others.Account), session => session.Id == estate.Others.Session);
        Assert.Single(await tokens.ListAsync(estate.Others.Account, Token));
    }

    /// <summary>The secret part is what counts: another token's id does not carry one's own secret further.</summary>
    [Fact]
    public async Task ApiToken_WithTheIdOfAnother_IsNobody()
    {
        var (own, other) = (estate.Viewer.Token.Split('_'), estate.Administrator.Token.Split('_'));
        using var client = estate.Client(Person.Anonymous with { Token = $"{own[0]}_{other[1]}_{own[2]}" }, withToken: true);

        using var answer = await client.GetAsync(AuditEndpoints.Path, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string Unnamed(string text, string id) => text.Replace(id, Nothing, StringComparison.Ordinal);
}
