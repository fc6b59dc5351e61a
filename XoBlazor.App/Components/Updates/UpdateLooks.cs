using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Updates;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Updates;

/// <summary>How updates and what they need look in words.</summary>
internal static class UpdateLooks
{
    public static Look Of(HostUpdates? known) => known switch
    {
        null or { AsOf: null, Problem: null } => new("unknown", "not looked for yet", Tone.Idle),
        { Problem: not null } => new("error", "cannot be told", Tone.Bad),
        { Missing.Length: 0 } => new("done", "up to date", Tone.Good),
        { Missing.Length: 1 } => new("warning", "1 missing", Tone.Busy),
        { Missing.Length: var count } => new("warning", $"{count} missing", Tone.Busy),
    };

    public static string Word(UpdateNeed need) => need switch
    {
        UpdateNeed.RebootHost => "Reboot",
        UpdateNeed.RestartToolstack => "Toolstack restart",
        UpdateNeed.RestartVms => "VM restart",
        UpdateNeed.RestartDeviceModels => "Device model restart",
    };

    /// <summary>What stands beside an update's name: its version; where it has none, what it does.</summary>
    public static string Beside(MissingUpdate update) => update.Version.Length > 0 ? Version(update) : update.Description.Split('\n')[0];

    /// <summary>The operation that does it.</summary>
    public static string Act(UpdateNeed need) => need switch
    {
        UpdateNeed.RebootHost => "host.reboot",
        UpdateNeed.RestartToolstack => "host.restart_toolstack",
        UpdateNeed.RestartVms => "vm.clean_reboot",
        UpdateNeed.RestartDeviceModels => "vm.restart_device_models",
    };

    /// <summary>What a host needs, in a sentence for each thing; of its VMs how many.</summary>
    public static string Summary(IEnumerable<UpdateTask> tasks) => string.Join("; ", tasks.GroupBy(task => task.Need).SelectMany(group => group.Key switch
    {
        UpdateNeed.RebootHost or UpdateNeed.RestartToolstack => group.Select(task => SentenceText.Capital(task.Why)),
        UpdateNeed.RestartVms => [group.Count() == 1 ? SentenceText.Capital(group.First().Why) : $"{group.Count()} VMs need a restart"],
        UpdateNeed.RestartDeviceModels => [group.Count() == 1 ? SentenceText.Capital(group.First().Why) : $"{group.Count()} VMs need a restart of their device model"],
    }));

    /// <summary>When a pool synchronises with its repositories by itself.</summary>
    public static string Schedule(Pool pool) => !pool.UpdateSyncEnabled ? "never"
        : pool.UpdateSyncFrequency == UpdateSyncFrequency.Daily ? "every day"
        : RepositoryOperations.DayOf(pool) is { } day ? $"every week, on {SentenceText.Capital(day)}" : "every week";

    public static string Version(MissingUpdate update) => update.Release.Length > 0 ? $"{update.Version}-{update.Release}" : update.Version;
}
