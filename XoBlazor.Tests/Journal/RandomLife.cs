using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Journal;

/// <summary>Random batches over a few objects of several classes: born, changed, gone, and sometimes back again.</summary>
internal sealed class RandomLife(int seed)
{
    private static readonly string[] s_words = ["web", "database", "Prod", "test", "été", "mail", "büro", "10.0.3.17", "a-b", "cob web", "\"quoted\\", "<b>x</b>"];

    private readonly Random _random = new(seed);

    public DateTimeOffset Now { get; private set; } = JournalHome.Start;

    public StoreBatch Next(LivePool pool)
    {
        Now += TimeSpan.FromMilliseconds(_random.Next(4) == 0 ? 0 : _random.Next(20_000));
        var states = Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Change(pool)).ToList();
        return pool.Apply(Now, BatchOrigin.Events, states);
    }

    public string Word() => s_words[_random.Next(s_words.Length)];

    public DateTimeOffset Moment() => JournalHome.Start + (Now - JournalHome.Start) * (_random.NextDouble() * 1.1 - 0.05);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private (XapiObject, bool) Change(LivePool pool)
    {
        var number = _random.Next(12);
        var uuid = new Guid(number, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8).ToString();
        XapiObject state = (number % 4) switch
        {
            0 => Vm(pool, uuid),
            1 => (Get<VmMetrics>(pool, XapiClass.VmMetrics, uuid) ?? new() { Uuid = uuid, Ref = "OpaqueRef:" + uuid }) with
            {
                MemoryActual = _random.Next(3) << 30,
                LastUpdated = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()),
            },
            2 => (Get<Network>(pool, XapiClass.Network, uuid) ?? new() { Uuid = uuid, Ref = "OpaqueRef:" + uuid }) with
            {
                NameLabel = Word() + _random.Next(3),
                Mtu = _random.Next(2) * 1500,
                OtherConfig = Map(),
            },
            _ => (Get<XapiTask>(pool, XapiClass.XapiTask, uuid) ?? new() { Uuid = uuid, Ref = "OpaqueRef:" + uuid }) with
            {
                NameLabel = Word(),
                Progress = _random.Next(4) / 4.0,
                Status = (XapiTaskStatus)_random.Next(3),
                ErrorInfo = _random.Next(3) == 0 ? [Word(), "VM_BAD_POWER_STATE"] : [],
            },
        };
        return (state, _random.Next(8) != 0);
    }

    private Vm Vm(LivePool pool, string uuid)
    {
        var vm = Get<Vm>(pool, XapiClass.Vm, uuid) ?? new Vm { Uuid = uuid, Ref = "OpaqueRef:" + uuid };
        return _random.Next(6) switch
        {
            0 => vm with { NameLabel = Word() + "-" + Word() },
            1 => vm with { PowerState = (VmPowerState)_random.Next(4), ResidentOn = new("OpaqueRef:host" + _random.Next(2)) },
            2 => vm with { Tags = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Word()).Distinct()] },
            3 => vm with { OtherConfig = Map() },
            4 => vm with { Ref = "OpaqueRef:" + _random.Next(2) + uuid },
            _ => vm with { NameDescription = new string('x', _random.Next(300)) + Word() },
        };
    }

    private XenMap<string, string> Map() =>
        XenMap<string, string>.Of([.. Enumerable.Range(0, _random.Next(4)).Select(_ => KeyValuePair.Create(Word(), Word() + _random.Next(5)))]);

    private static T? Get<T>(LivePool pool, XapiClass type, string uuid) where T : XapiObject => pool.Objects.GetValueOrDefault((type, uuid)) as T;
}
