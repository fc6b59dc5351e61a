using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Notifications for programs: rules, ways to send, and what became of messages.</summary>
internal sealed class NotificationMethods(NotificationRules rules, NotificationTransports transports, NotificationOutbox outbox, NotificationAdministration notifications) : IApiMethods
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
        new("notification.getTransports", s_administer, _ => ValueTask.FromResult<ApiResult>(Transports())) { Description = "returns the ways to send messages, why nothing goes by them, and the plugins that they are", Parameters = [] },
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
        .. transports.All.Select(one => new JsonObject { ["id"] = one.Id, ["title"] = one.Title, ["reachesPeople"] = one.ReachesPeople, ["obstacle"] = one.Obstacle, ["plugin"] = one.Plugin }),
    ];

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
