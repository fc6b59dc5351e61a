using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;

namespace XoBlazor.App.Components.Settings.Notifications;

/// <summary>Who is told of what: rules, the ways messages go, and what became of them.</summary>
public sealed partial class NotificationsPage
{
    private ImmutableArray<NotificationRule> _rules = [];
    private ImmutableArray<Way> _ways = [];
    private ImmutableArray<OutboxEntry> _messages = [];
    private ImmutableDictionary<OutboxState, int> _counts = ImmutableDictionary<OutboxState, int>.Empty;
    private ImmutableDictionary<string, string> _names = ImmutableDictionary<string, string>.Empty;
    private OutboxState? _state;
    private int _version = -1;
    private Part? _open;
    private NotificationRule? _rule;

    /// <summary>What a sheet is open for.</summary>
    private enum Part
    {
        Rule,
        Test,
    }

    /// <summary>A way to send, as it stands.</summary>
    private sealed record Way(string Id, string Title, string? Obstacle, string? Plugin);

    public override Right Needed => AdministrationRights.Notifications;

    [Inject]
    private NotificationRules Rules { get; set; } = default!;

    [Inject]
    private NotificationTransports Transports { get; set; } = default!;

    [Inject]
    private NotificationOutbox Outbox { get; set; } = default!;

    [Inject]
    private NotificationAdministration Notifications { get; set; } = default!;

    [Inject]
    private SubjectNames Subjects { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    protected override async Task ReadAsync(CancellationToken token)
    {
        _version = Outbox.Version;
        _rules = Rules.All;
        _ways = [.. Ways()];
        _counts = await Outbox.CountAsync(token);
        _messages = await Outbox.ListAsync(_state, token);
        _names = (await Subjects.AllAsync(token)).Where(pair => pair.Key.Kind == SubjectKind.User).ToImmutableDictionary(pair => pair.Key.Id, pair => pair.Value);
    }

    // What is told and sent, and that a plugin fails, is nobody's act.
    protected override bool IsOutdated() => Outbox.Version != _version || !Ways().SequenceEqual(_ways);

    private IEnumerable<Way> Ways() => Transports.All.Select(one => new Way(one.Id, one.Title, one.Obstacle, one.Plugin));

    private void Open(Part part, NotificationRule? rule = null) => (_open, _rule) = (part, rule);

    private void Close() => _open = null;

    private Task ShowAsync(ChangeEventArgs change)
    {
        _state = Enum.TryParse<OutboxState>((string?)change.Value, out var state) ? state : null;
        return ActAsync(_ => Task.CompletedTask);
    }

    private Task SwitchAsync(NotificationRule rule) => ActAsync(requester => Notifications.SaveRuleAsync(requester, rule with { IsEnabled = !rule.IsEnabled }, CancellationToken.None));

    private Task SendAgainAsync(OutboxEntry message) => ActAsync(requester => Notifications.SendAgainAsync(requester, message.Id, CancellationToken.None));

    private async Task RemoveAsync(NotificationRule rule)
    {
        if (await TypeToConfirm.AskAsync(Dialogs, $"Remove {rule.Name}?", "Remove", null, builder => Consequence.Draw(builder, "What waits to be sent for it is not sent. There is no way back.")))
            await ActAsync(requester => Notifications.RemoveRuleAsync(requester, rule.Id, CancellationToken.None));
    }
}
