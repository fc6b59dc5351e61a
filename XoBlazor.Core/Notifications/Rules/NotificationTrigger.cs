using System.Collections.Immutable;
using System.Text.Json.Serialization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>When a rule tells something. Immutable; written as JSON with <c>kind</c>. Filters are of the filter language and may be empty, for all.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ObjectMatches), "object")]
[JsonDerivedType(typeof(FieldChanges), "field")]
[JsonDerivedType(typeof(AlarmRaised), "alarm")]
[JsonDerivedType(typeof(Threshold), "threshold")]
[JsonDerivedType(typeof(TaskFailed), "task-failed")]
[JsonDerivedType(typeof(OperationFailed), "operation-failed")]
[JsonDerivedType(typeof(PoolSilent), "pool-silent")]
[JsonDerivedType(typeof(HostDown), "host-down")]
[JsonDerivedType(typeof(UpdateAvailable), "update-available")]
[JsonDerivedType(typeof(PluginGivenUp), "plugin-given-up")]
[JsonDerivedType(typeof(PluginSays), "plugin-says")]
public abstract record NotificationTrigger
{
    private NotificationTrigger()
    {
    }

    /// <summary>How long it has to hold before it is told; zero for what just happens.</summary>
    internal virtual TimeSpan Patience => TimeSpan.Zero;

    /// <summary>It holds for a while and then ends, so that there is an end to tell of.</summary>
    internal virtual bool HasEnd => true;

    /// <summary>An object of a class begins to match a filter, or stops to. Snapshots, templates and control domains are no VMs here.</summary>
    public sealed record ObjectMatches(XapiClass Class, string Filter, bool Stops = false, TimeSpan For = default) : NotificationTrigger
    {
        internal override TimeSpan Patience => For;
    }

    /// <summary>One of these fields (XAPI's names) of an object changes.</summary>
    public sealed record FieldChanges(XapiClass Class, ImmutableArray<string> Fields, string Filter = "") : NotificationTrigger
    {
        internal override bool HasEnd => false;
    }

    /// <summary>A pool's host raises an alarm, or leaves another message, of at least this severity.</summary>
    /// <param name="Filter">On the message: <c>name:HA_*</c>.</param>
    public sealed record AlarmRaised(AlertSeverity AtLeast = AlertSeverity.Warning, string Filter = "") : NotificationTrigger
    {
        internal override bool HasEnd => false;
    }

    /// <summary>A figure stays above a limit. It is well again below the limit less the margin.</summary>
    /// <param name="Above">In percent.</param>
    /// <param name="Margin">In percent, too.</param>
    public sealed record Threshold(Measure Measure, double Above, TimeSpan For, double Margin = 5, string Filter = "") : NotificationTrigger
    {
        internal override TimeSpan Patience => For;

        internal XapiClass Class => Measure switch
        {
            Measure.HostCpu or Measure.HostMemory => XapiClass.Host,
            Measure.VmCpu or Measure.VmMemory => XapiClass.Vm,
            Measure.SrUse => XapiClass.Sr,
        };
    }

    /// <summary>A host's task fails, whoever began it.</summary>
    public sealed record TaskFailed(string Filter = "") : NotificationTrigger
    {
        internal override bool HasEnd => false;
    }

    /// <summary>An operation that somebody began here fails, or how it ended is not known.</summary>
    /// <param name="Operations">Their names; empty for all.</param>
    public sealed record OperationFailed(ImmutableArray<string> Operations = default) : NotificationTrigger
    {
        internal override bool HasEnd => false;
    }

    /// <summary>A pool that should be connected is not.</summary>
    public sealed record PoolSilent(TimeSpan For) : NotificationTrigger
    {
        internal override TimeSpan Patience => For;
    }

    /// <summary>A pool does not hear from one of its hosts.</summary>
    public sealed record HostDown(TimeSpan For = default, string Filter = "") : NotificationTrigger
    {
        internal override TimeSpan Patience => For;
    }

    /// <summary>Hosts of a pool lack updates; told again when there are more.</summary>
    public sealed record UpdateAvailable : NotificationTrigger;

    /// <summary>A plugin failed so often that it stays unloaded.</summary>
    public sealed record PluginGivenUp : NotificationTrigger;

    /// <summary>A plugin tells something.</summary>
    /// <param name="Plugin">Its id; empty for any.</param>
    public sealed record PluginSays(string Plugin = "") : NotificationTrigger
    {
        internal override bool HasEnd => false;
    }
}
