using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.WebHooks;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Notifications for programs: rules, ways to send, and what became of messages. Passwords and secrets are taken and never given.</summary>
internal sealed class NotificationMethods(NotificationRules rules, NotificationTransports transports, NotificationOutbox outbox, EmailTransport email, WebHookTransport hooks, NotificationAdministration notifications) : IApiMethods
{
    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.Notifications);

    private static readonly ApiParameter s_id = Text("id");

    public IEnumerable<ApiMethod> Methods =>
    [
        new("notification.getRules", s_administer, _ => ValueTask.FromResult<ApiResult>(new JsonArray([.. rules.All.Select(RuleText.Node)]))) { Description = "returns the rules about what is told to whom", Parameters = [] },
        new("notification.saveRule", s_administer, SaveRuleAsync) { Description = "takes a rule, in the place of the one with its id if there is one, and returns its id", Parameters = [Any("rule").Described("as notification.getRules returns them; a new one may leave out its id")] },
        new("notification.removeRule", s_administer, call => ActAsync(call, id => notifications.RemoveRuleAsync(call.Requester, id, CancellationToken.None))) { Description = "removes a rule; what waits for it is not sent", Parameters = [s_id] },
        new("notification.testRule", s_administer, TestRuleAsync) { Description = "sends a test message of a rule to an address, and ends when it was taken", Parameters = [s_id, Text("address")] },
        new("notification.getMessages", s_administer, MessagesAsync) { Description = "returns the newest messages and what became of them", Parameters = [Choice("state", [.. Enum.GetValues<OutboxState>().Select(one => Word(one))]).Optional] },
        new("notification.sendAgain", s_administer, call => ActAsync(call, id => notifications.SendAgainAsync(call.Requester, id, CancellationToken.None))) { Description = "sends a message again that was given up", Parameters = [s_id] },
        new("notification.getTransports", s_administer, _ => ValueTask.FromResult<ApiResult>(Transports())) { Description = "returns the ways to send messages and how they are set up, without passwords and secrets", Parameters = [] },
        new("notification.setEmail", s_administer, SetEmailAsync)
        {
            Description = "sets the mail server that messages go through; without a host there is none any more",
            Parameters = [Text("host").Optional, Whole("port").Optional, Choice("security", [.. Enum.GetValues<EmailSecurity>().Select(one => Word(one))]).Optional, Text("user").Optional, Text("password").Optional.Described("left out, the one that is there stays"), Text("from").Optional, Text("certificate").Optional.Described("SHA-256 of the one certificate to accept")],
        },
        new("notification.setWebHooks", s_administer, SetWebHooksAsync)
        {
            Description = "sets the web hooks that messages can be sent to",
            Parameters = [List("hooks").Described("a list of {name, url, secret?, format?}; format is json, office365 or slack; a secret that is left out stays"), Texts("allowedNetworks").Optional.Described("networks beyond the public Internet that they may reach")],
        },
    ];

    private static JsonObject Shape(OutboxEntry entry) => new()
    {
        ["id"] = entry.Id.ToString("D"),
        ["message"] = entry.Message?.ToString("D"),
        ["state"] = Word(entry.State),
        ["rule"] = entry.Notification.Rule.ToString("D"),
        ["ruleName"] = entry.RuleName,
        ["transport"] = entry.How,
        ["user"] = entry.User,
        ["address"] = entry.Address,
        ["kind"] = Word(entry.Notification.Kind),
        ["severity"] = Word(entry.Notification.Severity),
        ["title"] = entry.Notification.Title,
        ["text"] = entry.Notification.Text,
        ["told"] = entry.Notification.Time.ToUnixTimeSeconds(),
        ["due"] = entry.Due.ToUnixTimeSeconds(),
        ["ended"] = entry.Ended?.ToUnixTimeSeconds(),
        ["attempts"] = entry.Attempts,
        ["problem"] = entry.Problem,
    };

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static bool TryWord<T>(string word, out T value) where T : struct, Enum
    {
        foreach (var one in Enum.GetValues<T>())
            if (Word(one) == word)
            {
                value = one;
                return true;
            }

        value = default;
        return false;
    }

    private async ValueTask<ApiResult> SaveRuleAsync(ApiCall call)
    {
        if (call.Value("rule") is not { } value || ApiCall.Node(value) is not JsonObject given)
            throw ApiException.InvalidParameter("rule", "must be an object");
        given["id"] ??= Guid.NewGuid().ToString("D");
        NotificationRule rule;
        try
        {
            rule = RuleText.Read(given.ToJsonString());
        }
        catch (NotificationException wrong)
        {
            throw ApiException.InvalidParameter("rule", wrong.Message);
        }

        await WordedAsync("rule", () => notifications.SaveRuleAsync(call.Requester, rule, CancellationToken.None));
        return JsonValue.Create(rule.Id.ToString("D"));
    }

    private ValueTask<ApiResult> TestRuleAsync(ApiCall call)
    {
        var address = call.Text("address");
        return ActAsync(call, id => notifications.TestRuleAsync(call.Requester, id, address, CancellationToken.None));
    }

    private async ValueTask<ApiResult> MessagesAsync(ApiCall call)
    {
        OutboxState? state = call.TextOrNull("state") is { } word && TryWord<OutboxState>(word, out var known) ? known : null;
        return new JsonArray([.. (await outbox.ListAsync(state, call.Closed)).Select(Shape)]);
    }

    private JsonArray Transports() =>
    [
        .. transports.All.Select(one =>
        {
            var shape = new JsonObject { ["id"] = one.Id, ["title"] = one.Title, ["reachesPeople"] = one.ReachesPeople, ["obstacle"] = one.Obstacle };
            if (one == email && email.Settings is { } mail)
                shape["settings"] = new JsonObject { ["host"] = mail.Host, ["port"] = mail.Port, ["security"] = Word(mail.Security), ["user"] = mail.User, ["from"] = mail.From, ["certificate"] = mail.Certificate };
            if (one == hooks)
                shape["settings"] = new JsonObject
                {
                    ["hooks"] = new JsonArray([.. hooks.Settings.Hooks.Select(hook => new JsonObject { ["name"] = hook.Name, ["url"] = hook.Url, ["isSigned"] = hook.Secret is not null, ["format"] = Word(hook.Format) })]),
                    ["allowedNetworks"] = new JsonArray([.. hooks.Settings.AllowedNetworks.Select(network => JsonValue.Create(network))]),
                };
            return shape;
        }),
    ];

    private async ValueTask<ApiResult> SetEmailAsync(ApiCall call)
    {
        EmailSettings? given = null;
        if (call.TextOrNull("host") is { Length: > 0 } host)
        {
            TryWord<EmailSecurity>(call.TextOrNull("security") ?? "", out var security);
            given = new()
            {
                Host = host,
                Port = call.Value("port") is { } port ? port.TryGetInt32(out var number) ? number : 0 : 587,
                Security = security,
                User = call.TextOrNull("user"),
                Password = call.TextOrNull("password"),
                From = call.TextOrNull("from") ?? "",
                Certificate = call.TextOrNull("certificate"),
            };
        }

        await WordedAsync("host", () => notifications.SetEmailAsync(call.Requester, given, CancellationToken.None));
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> SetWebHooksAsync(ApiCall call)
    {
        if (call.Value("hooks") is not { } value || ApiCall.Node(value) is not JsonArray { Count: <= WebHookSettings.Most } list)
            throw ApiException.InvalidParameter("hooks", $"must be a list of at most {WebHookSettings.Most}");
        var given = new WebHookSettings { Hooks = [.. list.Select(Hook)], AllowedNetworks = call.Value("allowedNetworks") is null ? hooks.Settings.AllowedNetworks : [.. call.Texts("allowedNetworks")] };
        await WordedAsync("hooks", () => notifications.SetWebHooksAsync(call.Requester, given, CancellationToken.None));
        return ApiResult.Done;

        static WebHook Hook(JsonNode? node)
        {
            if (node is not JsonObject hook || TextOf(hook, "name") is not { } name || TextOf(hook, "url") is not { } url)
                throw ApiException.InvalidParameter("hooks", "each needs a name and a url");
            return new(name, url, TextOf(hook, "secret"), TryWord<WebHookFormat>(TextOf(hook, "format") ?? "json", out var format) ? format : throw ApiException.InvalidParameter("hooks", "a format is json, office365 or slack"));
        }

        static string? TextOf(JsonObject hook, string name) => hook[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    private static async ValueTask<ApiResult> ActAsync(ApiCall call, Func<Guid, Task> act)
    {
        if (!Guid.TryParse(call.Text("id"), out var id))
            throw ApiException.InvalidParameter("id", "must be a uuid");
        await WordedAsync("id", () => act(id));
        return ApiResult.Done;
    }

    private static async Task WordedAsync(string parameter, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (AdministrationRefusedException refused)
        {
            throw ApiException.InvalidParameter(parameter, refused.Message);
        }
    }
}
