using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Settings.Grants;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Settings.Notifications;

/// <summary>A rule while it is being written: what stands in the fields of its form.</summary>
internal sealed class RuleDraft
{
    private readonly Guid _id;
    private readonly bool _isEnabled;

    public RuleDraft(NotificationRule? rule)
    {
        (_id, _isEnabled) = (rule?.Id ?? Guid.NewGuid(), rule?.IsEnabled ?? true);
        if (rule is null)
            return;
        (Name, How, Severity, TellsEnd, Zone) = (rule.Name, rule.How, rule.Severity, rule.TellsEnd, rule.Zone);
        (Pause, Remind) = (Minutes(rule.Pause), rule.Remind is { } remind ? Minutes(remind) : "");
        Subjects.AddRange(rule.Who.Where(one => one is not Recipient.At));
        Addresses = string.Join('\n', rule.Who.OfType<Recipient.At>().Select(one => one.Address));
        switch (rule.Pace)
        {
            case Pace.Every every:
                (Kind, Every) = ("every", Minutes(every.Span));
                break;
            case Pace.Daily daily:
                (Kind, Daily) = ("daily", daily.Time);
                break;
        }

        if (rule.Quiet is { } quiet)
            (IsQuiet, QuietFrom, QuietTo, ExceptCritical) = (true, quiet.From, quiet.To, quiet.ExceptCritical);
        switch (rule.When)
        {
            case NotificationTrigger.ObjectMatches matches:
                (When, Class, Filter, For) = (matches.Stops ? "stops" : "matches", matches.Class, matches.Filter, Minutes(matches.For));
                break;
            case NotificationTrigger.FieldChanges changes:
                (When, Class, Filter, Fields) = ("field", changes.Class, changes.Filter, string.Join(", ", changes.Fields));
                break;
            case NotificationTrigger.AlarmRaised alarm:
                (When, AtLeast, Filter) = ("alarm", alarm.AtLeast, alarm.Filter);
                break;
            case NotificationTrigger.Threshold limit:
                (When, Measure, Above, Margin, For, Filter) = ("threshold", limit.Measure, Number(limit.Above), Number(limit.Margin), Minutes(limit.For), limit.Filter);
                break;
            case NotificationTrigger.TaskFailed task:
                (When, Filter) = ("task", task.Filter);
                break;
            case NotificationTrigger.OperationFailed operation:
                (When, Operations) = ("operation", operation.Operations.IsDefault ? "" : string.Join(", ", operation.Operations));
                break;
            case NotificationTrigger.PoolSilent silent:
                (When, For) = ("silent", Minutes(silent.For));
                break;
            case NotificationTrigger.HostDown down:
                (When, For, Filter) = ("down", Minutes(down.For), down.Filter);
                break;
            case NotificationTrigger.UpdateAvailable:
                When = "update";
                break;
            case NotificationTrigger.PluginSays says:
                (When, Plugin) = ("says", says.Plugin);
                break;
            case NotificationTrigger.PluginGivenUp:
                When = "plugin";
                break;
        }
    }

    /// <summary>What can start a rule, with the words of the choice.</summary>
    public static IReadOnlyList<(string Kind, string Words)> Triggers { get; } =
    [
        ("down", "a host is down"), ("silent", "a pool is silent"), ("alarm", "an alarm is raised"), ("threshold", "a figure stays above a limit"), ("matches", "an object begins to match a filter"), ("stops", "an object stops to match a filter"),
        ("field", "a field of an object changes"), ("task", "a host's task fails"), ("operation", "an operation begun here fails"), ("update", "updates are available"), ("plugin", "a plugin is given up"), ("says", "a plugin tells something"),
    ];

    public static IReadOnlyList<XapiClass> Classes { get; } = [XapiClass.Vm, XapiClass.Host, XapiClass.Pool, XapiClass.Sr, XapiClass.Vdi, XapiClass.Network, XapiClass.Pif, XapiClass.Pbd];

    public string Name { get; set; } = "";

    public string When { get; set; } = "down";

    public XapiClass Class { get; set; } = XapiClass.Vm;

    public string Filter { get; set; } = "";

    public string Fields { get; set; } = "";

    public string Operations { get; set; } = "";

    public string Plugin { get; set; } = "";

    public AlertSeverity AtLeast { get; set; } = AlertSeverity.Warning;

    public Measure Measure { get; set; } = Measure.SrUse;

    public string Above { get; set; } = "90";

    public string Margin { get; set; } = "5";

    /// <summary>Minutes.</summary>
    public string For { get; set; } = "5";

    public string How { get; set; } = "email";

    public List<Recipient> Subjects { get; } = [];

    /// <summary>One a line.</summary>
    public string Addresses { get; set; } = "";

    public NotificationSeverity Severity { get; set; } = NotificationSeverity.Warning;

    public string Kind { get; set; } = "at-once";

    public string Every { get; set; } = "60";

    public TimeOnly Daily { get; set; } = new(8, 0);

    public bool IsQuiet { get; set; }

    public TimeOnly QuietFrom { get; set; } = new(22, 0);

    public TimeOnly QuietTo { get; set; } = new(7, 0);

    public bool ExceptCritical { get; set; } = true;

    public string Zone { get; set; } = "UTC";

    public string Pause { get; set; } = "0";

    public string Remind { get; set; } = "";

    public bool TellsEnd { get; set; } = true;

    public bool HasFor => When is "matches" or "stops" or "threshold" or "silent" or "down";

    public bool HasFilter => When is "matches" or "stops" or "field" or "alarm" or "threshold" or "task" or "down";

    public bool HasClass => When is "matches" or "stops" or "field";

    public bool HasEnd => When is not ("field" or "alarm" or "task" or "operation" or "says");

    public void Add(Subject subject)
    {
        var one = RecipientOf(subject);
        if (!Subjects.Contains(one))
            Subjects.Add(one);
    }

    public static Recipient RecipientOf(Subject subject)
    {
        var id = AccessPolicyFeed.Text(subject.Id);
        return subject.Kind == SubjectKind.User ? new Recipient.User(id) : new Recipient.Group(id);
    }

    /// <summary>The rule as it stands. Fails with <see cref="AdministrationRefusedException"/> where a field is no number.</summary>
    /// <param name="reachesPeople">The transport takes users and groups.</param>
    public NotificationRule Read(bool reachesPeople) => new()
    {
        Id = _id,
        Name = Name.Trim(),
        IsEnabled = _isEnabled,
        When = Trigger(),
        Who = [.. reachesPeople ? Subjects : [], .. Addresses.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(address => new Recipient.At(address))],
        How = How,
        Severity = Severity,
        Pace = Kind switch { "every" => new Pace.Every(Span(Every, "How often")), "daily" => new Pace.Daily(Daily), _ => Pace.AtOnce.Instance },
        Quiet = IsQuiet ? new(QuietFrom, QuietTo, ExceptCritical) : null,
        Zone = Zone.Trim(),
        Pause = Span(Pause, "The pause"),
        Remind = HasEnd && Remind.Trim().Length > 0 ? Span(Remind, "Reminders") : null,
        TellsEnd = TellsEnd,
    };

    private NotificationTrigger Trigger() => When switch
    {
        "matches" or "stops" => new NotificationTrigger.ObjectMatches(Class, Filter.Trim(), When == "stops", Span(For, "How long")),
        "field" => new NotificationTrigger.FieldChanges(Class, Names(Fields), Filter.Trim()),
        "alarm" => new NotificationTrigger.AlarmRaised(AtLeast, Filter.Trim()),
        "threshold" => new NotificationTrigger.Threshold(Measure, NumberOf(Above, "The limit"), Span(For, "How long"), NumberOf(Margin, "The margin"), Filter.Trim()),
        "task" => new NotificationTrigger.TaskFailed(Filter.Trim()),
        "operation" => new NotificationTrigger.OperationFailed(Names(Operations)),
        "silent" => new NotificationTrigger.PoolSilent(Span(For, "How long")),
        "down" => new NotificationTrigger.HostDown(Span(For, "How long"), Filter.Trim()),
        "update" => new NotificationTrigger.UpdateAvailable(),
        "says" => new NotificationTrigger.PluginSays(Plugin.Trim()),
        _ => new NotificationTrigger.PluginGivenUp(),
    };

    private static ImmutableArray<string> Names(string text) => [.. text.Split([',', ' ', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static string Minutes(TimeSpan span) => Number(span.TotalMinutes);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static double NumberOf(string text, string what) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < 100_000 ? value : throw new AdministrationRefusedException($"{what} has to be a number, such as 5.");

    private static TimeSpan Span(string minutes, string what) => TimeSpan.FromMinutes(minutes.Trim().Length == 0 ? 0 : NumberOf(minutes, what));
}
