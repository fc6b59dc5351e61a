using System.Globalization;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Figures above a limit. Between the limit and the limit less the margin it stays as it was; a figure that nobody knows changes nothing.</summary>
internal sealed class ThresholdWatcher(NotificationTrigger.Threshold trigger) : Watcher
{
    private readonly Filter? _filter = Filter.TryParse(trigger.Filter, trigger.Class, out var parsed, out _) ? parsed : null;

    public override void Look(WatchScene scene, IncidentBook book)
    {
        if (scene.Figures is not { } figures || _filter is null)
            return;
        foreach (var pool in scene.Store.Pools)
        {
            if (pool.Pool is null || !scene.IsLive(pool.Uuid))
                continue;
            var (there, matches) = (new HashSet<string>(StringComparer.Ordinal), _filter.On(pool));
            foreach (var value in pool.All(trigger.Class))
            {
                if ((value is Vm vm && vm.Kind() != VmKind.Vm) || !matches(value))
                    continue;
                var subject = $"{pool.Uuid}/{value.Uuid}";
                there.Add(subject);
                Judge(pool, value, subject, Value(pool, value, figures), book);
            }

            foreach (var subject in book.Held.Where(subject => subject.StartsWith(pool.Uuid + "/", StringComparison.Ordinal) && !there.Contains(subject)).ToList())
                book.HoldsNot(subject, null);
        }
    }

    private void Judge(PoolPicture pool, XapiObject value, string subject, double? now, IncidentBook book)
    {
        if (value is Vm { PowerState: not VmPowerState.Running })
            book.HoldsNot(subject, Finding.Of(pool, value, $"{pool.NameOf(value)} does not run any more"));
        else if (now is not { } percent)
            return;
        else if (percent > trigger.Above || (book.IsHeld(subject) && percent > trigger.Above - trigger.Margin))
            book.Holds(subject, Finding.Of(pool, value, $"{pool.NameOf(value)}: {Words} above {Percent(trigger.Above)}", $"{Words} of {pool.NameOf(value)} is at {Percent(percent)}; the limit is {Percent(trigger.Above)}{(trigger.For > TimeSpan.Zero ? $" for {trigger.For.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} minutes" : "")}.") with { NeedsSight = true });
        else
            book.HoldsNot(subject, Finding.Of(pool, value, $"{pool.NameOf(value)}: {Words} is well again", $"{Words} of {pool.NameOf(value)} is at {Percent(percent)}."));
    }

    private double? Value(PoolPicture pool, XapiObject value, LatestMetrics figures) => (trigger.Measure, value) switch
    {
        (Measure.SrUse, Sr sr) => 100 * SrFacts.UseOf(sr).Share,
        (Measure.HostCpu, Host host) => 100 * Processors(figures.Of(pool.Key(host), MetricsOwner.Host, host.Uuid)),
        (Measure.HostMemory, Host host) => figures.Of(pool.Key(host), MetricsOwner.Host, host.Uuid) is { } metrics ? 100 * Used(Mean(metrics, "memory_total_kib"), Mean(metrics, "memory_free_kib")) : null,
        (Measure.VmCpu, Vm vm) => 100 * Processors(Of(pool, vm, figures)),
        (Measure.VmMemory, Vm vm) => Of(pool, vm, figures) is { } metrics ? 100 * Used(Mean(metrics, "memory") / 1024, Mean(metrics, "memory_internal_free")) : null,
        _ => null,
    };

    private string Words => trigger.Measure switch
    {
        Measure.HostCpu or Measure.VmCpu => "CPU use",
        Measure.HostMemory or Measure.VmMemory => "Memory use",
        Measure.SrUse => "Used space",
    };

    private static ObjectMetrics? Of(PoolPicture pool, Vm vm, LatestMetrics figures) => pool.Get(vm.ResidentOn) is { } host ? figures.Of(pool.Key(host), MetricsOwner.Vm, vm.Uuid) : null;

    private static double? Used(double? total, double? free) => total > 0 ? Math.Clamp(1 - (free / total.Value) ?? double.NaN, 0, 1) is var used && !double.IsNaN(used) ? used : null : null;

    private static double? Processors(ObjectMetrics? metrics)
    {
        if (metrics is null)
            return null;
        var all = metrics.Series.Keys.Where(name => name.Length > 3 && name.StartsWith("cpu", StringComparison.Ordinal) && name.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0).Select(name => Mean(metrics, name)).OfType<double>().ToList();
        return all.Count == 0 ? null : all.Average();
    }

    /// <summary>Of what is known of the last twenty seconds.</summary>
    private static double? Mean(ObjectMetrics metrics, string name)
    {
        if (metrics[name] is not { } values)
            return null;
        var known = values.Where(float.IsFinite).ToList();
        return known.Count == 0 ? null : known.Average();
    }

    private static string Percent(double value) => value.ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
