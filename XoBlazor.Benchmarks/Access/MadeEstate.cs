using System.Collections.Immutable;
using XoBlazor.Benchmarks.Store;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Access;

/// <summary>Forty pools with ten thousand VMs of fifty teams, and two hundred users with two thousand grants over them.</summary>
internal sealed class MadeEstate
{
    public const int Pools = 40;
    public const int VmsPerPool = 250;
    public const int Users = 200;
    public const int Grants = 2000;

    private const int Teams = 50;
    private const int Groups = 20;

    private readonly Random _random = new(20261122);

    public MadeEstate()
    {
        Store = new(TimeProvider.System, []);
        Writers = [.. Enumerable.Range(0, Pools).Select(p => Store.Open($"pool-{p}"))];
        foreach (var writer in Writers)
            writer.ApplyListing(new MadePool(VmsPerPool).Objects().Select(Teamed));
        Policy = MakePolicy();
    }

    public ObjectStore Store { get; }

    public ImmutableArray<PoolWriter> Writers { get; }

    public AccessPolicy Policy { get; }

    public static ImmutableArray<Actor> Actors { get; } = [.. Enumerable.Range(0, Users).Select(i => new Actor($"u{i}", $"user {i}"))];

    /// <summary>Every VM has the tag of a team, which goes around with the turn.</summary>
    public static Vm Vm(int i, int turn) => MadePool.Vm(i, turn) with { Tags = [$"team-{(i + turn) % Teams}"] };

    /// <summary>Each user's and group's own mix: mostly a few VMs, a team's VMs, a host, an SR; seldom a whole pool.</summary>
    private AccessPolicy MakePolicy()
    {
        var groups = Enumerable.Range(0, Users).ToDictionary(i => $"u{i}", i => ImmutableArray.Create($"g{i % Groups}"));
        var grants = Enumerable.Range(0, Grants).Select(i => new Grant(
            $"{i}", i % 20 == 0 ? SubjectId.Group($"g{_random.Next(Groups)}") : SubjectId.User($"u{_random.Next(Users)}"),
            Role.BuiltIn[_random.Next(3)].Id, Scope(i)));
        return new([], [.. grants], groups);
    }

    private AccessScope Scope(int i)
    {
        var pool = $"pool-{_random.Next(Pools)}";
        return (i % 10) switch
        {
            0 or 1 => new AccessScope.OfVms($"tags:team-{_random.Next(Teams)}", pool),
            2 => new AccessScope.OfVms($"tags:team-{_random.Next(Teams)}"),
            3 => new AccessScope.OfHost(new(pool, Id("host", _random.Next(64))), WithVms: i % 20 == 3),
            4 => new AccessScope.OfObject(new(pool, Id("sr", _random.Next(32)))),
            5 when i % 40 == 5 => new AccessScope.OfPool(pool),
            _ => new AccessScope.OfObject(new(pool, Id("vm", _random.Next(VmsPerPool)))),
        };
    }

    private static XapiObject Teamed(XapiObject value, int at) => value is Vm vm ? vm with { Tags = [$"team-{at / 6 % Teams}"] } : value;

    private static string Id(string kind, int i) => $"{kind,-7}-0000-4000-8000-{i:x12}";
}
