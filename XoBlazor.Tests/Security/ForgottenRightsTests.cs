using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Pools;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Nothing is reachable because somebody forgot to say who may: every endpoint says it, those open to all are listed here, and every act of
/// administration refuses whoever lacks its right and changes nothing. Operations cannot be declared without a right. Class 2 of docs/security.md.
/// </summary>
[Collection(nameof(Estate))]
public sealed class ForgottenRightsTests(Estate estate)
{
    /// <summary>
    /// What anybody may ask. The audit and the API look at their callers themselves, since programs come with a token, or with an address
    /// that only they know; the steps of signing in look at the ticket of the step before.
    /// </summary>
    private static readonly string[] s_open =
    [
        "/api/", "/api/consoles/{id}", "/api/transfers/{token:length(43)}", "/api/{token:length(43)}/{name?}", "/audit.jsonl", "/healthz", "/plugins/{plugin}/{**path}", "/readyz",
        "/rest/v0/", "/rest/v0/docs", "/rest/v0/docs/swagger.json", "/rest/v0/gui-routes", "/rest/v0/ping", "/set-up", "/sign-in", "/sign-in/codes", "/sign-in/enrol", "/sign-in/enrol-passkey", "/sign-in/passkey", "/sign-in/password",
        "/sign-in/prove", "/sign-in/with/{provider}", "/sign-in/with/{provider}/callback", "/sign-out",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Acts =>
        [.. from act in Administration() from person in (string[])["norma", "vera", "olaf"] select ($"{act.DeclaringType!.Name}.{act.Name}", person)];

    /// <summary>Only what a plain build of the framework maps to find new files has to be left to the rule for all; the published file has no such thing.</summary>
    [Fact]
    public void Endpoints_AllSayWhoMayComeIn()
    {
        var silent = Routes.Of(estate.Server).Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}" && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

        Assert.Empty(silent.Select(endpoint => endpoint.DisplayName));
    }

    [Fact]
    public void Endpoints_OpenToAll_AreTheseAndNoOthers()
    {
        var open = Routes.Of(estate.Server).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!);

        Assert.Equal(s_open, open.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_NotOpenToAll_AskAnybodyToSignIn()
    {
        using var anyone = estate.Client(Person.Anonymous);
        var wrong = new List<string>();

        foreach (var endpoint in Routes.Of(estate.Server).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
            foreach (var method in Routes.Methods(endpoint))
            {
                var address = Routes.Fill(endpoint.RoutePattern, estate.Pool.Uuid, [estate.Vm(0).Uuid], Guid.NewGuid()).First();
                using var request = new HttpRequestMessage(new(method), address);
                using var answer = await anyone.SendAsync(request, Token);
                if ((int)answer.StatusCode != 401)
                    wrong.Add($"{method} {address} answers {answer.StatusCode}");
            }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Operations_AllDeclareARightThatRolesCanHave()
    {
        var rights = estate.Server.Get<RightCatalogue>();

        Assert.All(estate.Server.Get<OperationCatalogue>().All, operation => Assert.All(operation.Rights, right => Assert.Same(right, rights.Find(right.Name))));
    }

    /// <summary>Every method of the services that change the server, found by itself: whoever asks without the right is refused, and nothing is different afterwards.</summary>
    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Administration_WithoutTheRight_IsRefusedAndChangesNothing(string act, string who)
    {
        var person = estate.People.Single(one => one.Name == who);
        var method = Administration().Single(one => $"{one.DeclaringType!.Name}.{one.Name}" == act);
        var service = estate.Server.Services.GetRequiredService(method.DeclaringType!);
        var requester = new Requester(person.Actor!, "test", "192.0.2.9");
        var before = await PrintAsync();

        var arguments = method.GetParameters().Select(parameter => Argument(parameter, requester)).ToArray();
        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => RunAsync(method.Invoke(service, arguments)!));

        Assert.Contains("does not have the right", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await PrintAsync());
    }

    /// <summary>What takes a requester and changes the server; what makers are given is given by the server itself, and nobody can ask for it.</summary>
    private static IReadOnlyList<MethodInfo> Administration() =>
    [
        .. typeof(AdministrationRunner).Assembly.GetTypes()
            .Where(type => type.Namespace is "XoBlazor.App.Administration" or "XoBlazor.App.Accounts.Directories" && type != typeof(AdministrationRunner) && !typeof(IMakersGrants).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Requester)),
    ];

    private object? Argument(ParameterInfo parameter, Requester requester) => (parameter.ParameterType, parameter.Name) switch
    {
        (var type, _) when type == typeof(Requester) => requester,
        (var type, _) when type == typeof(CancellationToken) => Token,
        (var type, "session") when type == typeof(Guid) => estate.Others.Session,
        (var type, "account" or "subject") when type == typeof(Guid) => estate.Others.Account,
        (var type, _) when type == typeof(Guid) => estate.Others.IdFor(parameter.Member.DeclaringType!),
        (var type, "role" or "id") when type == typeof(string) => estate.Others.Role,
        (var type, "roleId") when type == typeof(string) => null,
        (var type, _) when type == typeof(string) => "intruder",
        (var type, _) when type == typeof(bool) => true,
        (var type, _) when type == typeof(TimeSpan) => TimeSpan.FromDays(1),
        (var type, _) when type == typeof(AccessScope) => AccessScope.Everything.Instance,
        (var type, _) when type == typeof(Role) => Role.Operator,
        (var type, _) when type == typeof(NewUser) => new NewUser("intruder", "four words make one"),
        (var type, _) when type == typeof(DirectorySettings) => DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Intruder", "dc=example,dc=test", "ldaps://127.0.0.1:9"),
        (var type, _) when type == typeof(NewPool) => new NewPool("127.0.0.1:9", "root", "secret", Accepted: []),
        (var type, _) when type == typeof(PoolState) => new PoolState { Id = Guid.NewGuid(), Status = default, Since = default, Name = "Lyon", Address = "127.0.0.1:9" },
        (var type, _) when type == typeof(PresentedCertificate) => RuntimeHelpers.GetUninitializedObject(type),
        (var type, _) when type == typeof(Func<PoolSettings, PoolSettings>) => (PoolSettings same) => same,
        (var type, _) when type == typeof(byte[]) => "intruder"u8.ToArray(),
        (var type, _) when type == typeof(Stream) => new MemoryStream("intruder"u8.ToArray()),
        (var type, _) when type == typeof(ImmutableArray<string>) => ImmutableArray<string>.Empty,
        (var type, _) when type == typeof(JsonNode) => null,
        (var type, _) when type == typeof(NotificationRule) => new NotificationRule { Id = Guid.NewGuid(), Name = "Intruder", When = new NotificationTrigger.UpdateAvailable(), Who = [new Recipient.At("intruder")], How = "web-hook" },
        (var type, _) when type.IsEnum => Enum.GetValues(type).GetValue(0),
        (var type, _) when type.IsAssignableFrom(typeof(string[])) => Array.Empty<string>(),
        (var type, _) => throw new InvalidOperationException($"Say here what to give for the {type.Name} of {parameter.Member}."),
    };

    private static async Task RunAsync(object pending)
    {
        if (pending is Task task)
            await task;
        else
            await foreach (var _ in (IAsyncEnumerable<object>)pending)
            {
            }
    }

    /// <summary>All that is in the database but what signing in changes by itself.</summary>
    private async Task<string> PrintAsync()
    {
        await using var database = await estate.Server.DatabaseAsync();
        var tables = new Dictionary<string, IEnumerable>
        {
            ["users"] = await database.Users.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["groups"] = await database.Groups.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["members"] = await database.GroupMembers.AsNoTracking().OrderBy(one => one.GroupId).ThenBy(one => one.AccountId).ToListAsync(Token),
            ["roles"] = await database.CustomRoles.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["required"] = await database.RoleRequirements.AsNoTracking().OrderBy(one => one.RoleId).ToListAsync(Token),
            ["grants"] = await database.Grants.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["tokens"] = await database.ApiTokens.AsNoTracking().Select(one => one.Id).OrderBy(one => one).ToListAsync(Token),
            ["directories"] = await database.Directories.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["plugins"] = await database.Plugins.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["notification rules"] = await database.NotificationRules.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
            ["settings"] = await database.Settings.AsNoTracking().Where(one => one.Name != "notifications/watched-until").OrderBy(one => one.Name).ToListAsync(Token),
            ["pools"] = await database.Pools.AsNoTracking().OrderBy(one => one.Id).ToListAsync(Token),
        };
        return JsonSerializer.Serialize(tables);
    }
}
