using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>What programs are told by somebody's leave names nothing hidden by a name it had, by no door of the API: while the server runs, and after a start.</summary>
public sealed class FormerNamesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_OfWhatWasHidden_NameItNowhere()
    {
        using var folder = new TempFolder();
        await using (var server = new TestServer(folder))
        {
            using var pool = new SamplePool(server.Get<ObjectStore>(), vms: 4);
            var admin = await server.AdminAsync();
            var id = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
            await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, Role.Viewer.Id, new AccessScope.OfObject(new(pool.Uuid, pool.Vm(1).Uuid)), Token);
            pool.Apply(pool.Vm(2) with { NameLabel = "secret payroll" }, pool.Vm(3) with { NameLabel = "hushhush" });
            Write(pool);
            pool.Apply(pool.Vm(2) with { NameLabel = "harmless" });
            pool.Remove(pool.Vm(3));
            await AskAsync(server);
        }

        // The journal alone knows how they were called.
        await using (var again = new TestServer(folder))
        {
            using var pool = new SamplePool(again.Get<ObjectStore>(), vms: 3);
            pool.Apply(pool.Vm(2) with { NameLabel = "harmless" });
            Write(pool);
            await AskAsync(again);
        }

        static void Write(SamplePool pool) => pool.Apply(
            new XapiMessage { Ref = "OpaqueRef:m", Uuid = "0e0e0e0e-0000-4000-8000-000000000001", Name = "VM_STARTED", Cls = MessageClass.Vm, ObjUuid = pool.Vm(1).Uuid, Body = "told of secret payroll and hushhush" },
            new XapiTask
            {
                Ref = "OpaqueRef:t",
                Uuid = "0e0e0e0e-0000-4000-8000-000000000002",
                NameLabel = "told to copy secret payroll",
                ErrorInfo = ["hushhush"],
                OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("applies_to", pool.Vm(1).Ref)),
            });
    }

    private static async Task AskAsync(TestServer server)
    {
        await server.Get<JournalRecorder>().FlushAsync(Token);
        await using var ada = await RpcClient.SignedInAsync(server, "ada", TestServer.Password);
        using var rest = RestClient.Of(server, await RestClient.TokenAsync(server, "ada"));
        var told = $"told of {ShownWords.Hidden} and {ShownWords.Hidden}";
        JsonNode? objects = null;
        await server.UntilAsync(async () => (objects = await ada.ResultAsync("xo.getAllObjects", new JsonObject()))!.ToJsonString().Contains(told, StringComparison.Ordinal));

        var answers = new List<string>
        {
            objects!.ToJsonString(),
            (await ada.ResultAsync("journal.getChanges", new JsonObject { ["from"] = "2020-01-01", ["limit"] = 1000 }))!.ToJsonString(),
            (await rest.GetAsync("messages?fields=*")).Text,
            (await rest.GetAsync("messages/0e0e0e0e-0000-4000-8000-000000000001")).Text,
        };
        var found = await ada.ResultAsync("journal.getChanges", new JsonObject { ["from"] = "2020-01-01", ["text"] = "hushhush" });

        Assert.All(answers, answer => Assert.Contains(told, answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain("payroll", answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain("hushhush", answer, StringComparison.Ordinal));
        Assert.Contains($"told to copy {ShownWords.Hidden}", answers[1], StringComparison.Ordinal);
        Assert.Empty(found!["entries"]!.AsArray());
    }
}
