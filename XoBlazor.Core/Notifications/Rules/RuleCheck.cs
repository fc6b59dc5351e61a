using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Filtering;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>Whether a rule can work. What is wrong is told in words, with the next step.</summary>
public static class RuleCheck
{
    public const int LongestName = 200;
    public const int MostRecipients = 100;
    public const int LongestAddress = 500;
    public const int MostNames = 50;

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_shortestSpan = TimeSpan.FromMinutes(1);

    /// <summary>Null when all is well.</summary>
    public static string? Fault(NotificationRule rule, INotificationTransport? how) =>
        rule.Name.Trim().Length == 0 || rule.Name.Length > LongestName || rule.Name.Any(char.IsControl) ? $"A rule needs a name of at most {LongestName} characters that can be seen."
        : !TimeZoneInfo.TryFindSystemTimeZoneById(rule.Zone, out _) ? $"There is no time zone '{ForeignText.Shown(rule.Zone)}'. Name one such as Europe/Paris, or UTC."
        : FaultOf(rule.When) ?? FaultOf(rule.Pace) ?? FaultOf(rule.Quiet)
        ?? (Outside(rule.Pause) ? "The pause between two of a kind lies between nothing and 7 days." : null)
        ?? (rule.Remind is { } remind && (remind < s_shortestSpan || remind > s_longest) ? "Reminders come every minute to every 7 days." : null)
        ?? (how is null ? $"There is no way '{ForeignText.Shown(rule.How)}' to send anything. Load the plugin that has it, or choose another." : FaultOf(rule, how));

    private static string? FaultOf(NotificationRule rule, INotificationTransport how)
    {
        if (rule.Who.IsDefaultOrEmpty)
            return "Say who is to hear of it: name a user, a group or an address.";
        if (rule.Who.Length > MostRecipients)
            return $"A rule has at most {MostRecipients} recipients. Put people into a group.";
        foreach (var one in rule.Who)
        {
            if (one is Recipient.At { Address: var address })
            {
                if (address.Length is 0 or > LongestAddress || address.Any(char.IsControl))
                    return $"An address has at most {LongestAddress} characters that can be seen.";
                if (how.Fault(address) is { } fault)
                    return fault;
            }
            else if (!how.ReachesPeople)
            {
                return $"{how.Title} does not reach users and groups. Name an address instead.";
            }
        }

        return rule.Who.Distinct().Count() < rule.Who.Length ? "Somebody is named twice." : null;
    }

    private static string? FaultOf(NotificationTrigger when) => when switch
    {
        NotificationTrigger.ObjectMatches matches => FaultOf(matches.Filter, matches.Class, isNeeded: true) ?? Wait(matches.For),
        NotificationTrigger.FieldChanges changes => FaultOfFields(changes) ?? FaultOf(changes.Filter, changes.Class),
        NotificationTrigger.AlarmRaised alarm => FaultOf(alarm.Filter, XapiClass.XapiMessage),
        NotificationTrigger.Threshold limit => !(limit.Above is > 0 and < 100) ? "A limit lies between 0 and 100 %."
            : !(limit.Margin >= 0 && limit.Margin < limit.Above) ? "The margin is at least 0, and less than the limit: below the limit less the margin it is well again."
            : FaultOf(limit.Filter, limit.Class) ?? Wait(limit.For),
        NotificationTrigger.TaskFailed task => FaultOf(task.Filter, XapiClass.XapiTask),
        NotificationTrigger.OperationFailed operation => !operation.Operations.IsDefault && (operation.Operations.Length > MostNames || operation.Operations.Any(name => name is null || name.Length is 0 or > 100)) ? $"A rule names at most {MostNames} operations, such as vm.start." : null,
        NotificationTrigger.PoolSilent silent => Wait(silent.For),
        NotificationTrigger.HostDown down => FaultOf(down.Filter, XapiClass.Host) ?? Wait(down.For),
        NotificationTrigger.UpdateAvailable or NotificationTrigger.PluginGivenUp => null,
        NotificationTrigger.PluginSays says => says.Plugin.Length > 64 ? "A plugin is named by its id." : null,
        _ => throw new InvalidOperationException($"{when.GetType().Name} is no trigger"),
    };

    private static string? FaultOfFields(NotificationTrigger.FieldChanges changes)
    {
        var codec = XapiCodec.For(changes.Class);
        return changes.Fields.IsDefaultOrEmpty || changes.Fields.Length > MostNames ? $"Name 1 to {MostNames} fields, such as power_state."
            : changes.Fields.FirstOrDefault(field => field is null || codec.FindField(field) is null) is { } unknown ? $"A {codec.WireName} has no field '{ForeignText.Shown(unknown)}'. Use XAPI's names, such as power_state."
            : null;
    }

    private static string? FaultOf(string filter, XapiClass type, bool isNeeded = false) =>
        filter.Length > 1000 ? "A filter has at most 1000 characters."
        : isNeeded && filter.Trim().Length == 0 ? "Say by a filter which objects it is about, such as power_state:halted."
        : Filter.TryParse(filter, type, out _, out var error) ? null : $"The filter cannot be read at character {error.Position + 1}: {error.Message}";

    private static string? FaultOf(Pace pace) => pace is Pace.Every { Span: var span } && (span < s_shortestSpan || span > TimeSpan.FromDays(1)) ? "What is collected is sent every minute to once a day." : null;

    private static string? FaultOf(QuietHours? quiet) => quiet is not null && quiet.From == quiet.To ? "Quiet hours end at another time than they begin." : null;

    private static string? Wait(TimeSpan wait) => Outside(wait) ? "How long it has to hold lies between nothing and 7 days." : null;

    private static bool Outside(TimeSpan span) => span < TimeSpan.Zero || span > s_longest;
}
