using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>What tests ask of a running server's services.</summary>
internal static class ServerAccess
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static T Get<T>(this TestServer server) where T : notnull => server.Services.GetRequiredService<T>();

    public static Task<AppDatabase> DatabaseAsync(this TestServer server) => server.Get<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(Token);

    public static async Task<Account> AccountAsync(this TestServer server, string name)
    {
        await using var database = await server.DatabaseAsync();
        return await database.Users.AsNoTracking().SingleAsync(one => one.UserName == name, Token);
    }

    /// <summary>The administrator, as one who asks for something.</summary>
    public static async Task<Requester> AdminAsync(this TestServer server) =>
        new(new Actor(AccessPolicyFeed.Text((await server.AccountAsync(TestServer.Admin)).Id), TestServer.Admin), "console", "192.0.2.1");

    /// <summary>Looks again and again until it is so.</summary>
    public static Task WaitAsync(this TestServer server, Func<bool> isSo) => server.UntilAsync(() => Task.FromResult(isSo()));

    /// <summary>Asks again and again until it is so.</summary>
    public static async Task UntilAsync(this TestServer _, Func<Task<bool>> isSoAsync)
    {
        using var patience = Patience.Source();
        while (!await isSoAsync())
            await Task.Delay(20, patience.Token);
    }

    public static async Task<bool> AllowsEverywhereAsync(this TestServer server, string user, Right right)
    {
        var account = await server.AccountAsync(user);
        return server.Get<AccessEngine>().AllowsEverywhere(new Actor(AccessPolicyFeed.Text(account.Id), user), right);
    }

    public static IReadOnlyList<AuditRecord> Audit(this TestServer server, string action) =>
        [.. server.Get<AuditLog>().ReadAfter(0, 10_000).Select(entry => entry.Record).Where(record => record.Action == action)];

    public static Task<HttpResponseMessage> SignInAsAsync(this HttpClient browser, string name, string password) =>
        TestServer.SubmitAsync(browser, "/sign-in", new Dictionary<string, string> { ["name"] = name, ["password"] = password });
}
