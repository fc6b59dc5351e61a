using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Store.Facts;

public sealed class AttentionTests
{
    [Fact]
    public void In_HealthyPool_IsEmpty()
    {
        Assert.Empty(Attention.In(PictureOf.Objects(Server(enabled: true), Metrics(live: true), Storage(used: 50))));
    }

    [Fact]
    public void In_SilentHost_SaysSoFirstAndNothingElseOfIt()
    {
        var found = Attention.In(PictureOf.Objects(Server(enabled: false), Metrics(live: false), Storage(used: 90)));

        Assert.Equal(["is down: its pool does not hear from it", "is 90 % full"], found.Select(a => a.Words));
        Assert.Equal(AttentionLevel.Critical, found[0].Level);
    }

    [Theory]
    [InlineData(84, null)]
    [InlineData(85, AttentionLevel.Warning)]
    [InlineData(95, AttentionLevel.Critical)]
    public void In_StorageFillingUp_WarnsThenAlarms(long used, AttentionLevel? level)
    {
        var found = Attention.In(PictureOf.Objects(Storage(used)));

        Assert.Equal(level, found.Count == 0 ? null : found[0].Level);
    }

    [Fact]
    public void In_StorageUnpluggedOnALiveHost_NamesTheHost()
    {
        var sr = Storage(used: 1) with { Pbds = [new("OpaqueRef:pbd")] };
        var pbd = new Pbd { Ref = "OpaqueRef:pbd", Uuid = "p", Host = new("OpaqueRef:host"), Sr = new(sr.Ref) };

        var found = Attention.In(PictureOf.Objects(Server(enabled: true), Metrics(live: true), sr, pbd));

        Assert.Equal("is not connected on alpha", Assert.Single(found).Words);
    }

    [Fact]
    public void In_FailedTask_IsNamed()
    {
        var task = new XapiTask { Ref = "OpaqueRef:t", Uuid = "t", Status = XapiTaskStatus.Failure };

        Assert.Same(task, Assert.Single(Attention.In(PictureOf.Objects(task))).About);
    }

    private static Host Server(bool enabled) => new()
    {
        Ref = "OpaqueRef:host",
        Uuid = "h",
        NameLabel = "alpha",
        Enabled = enabled,
        Metrics = new("OpaqueRef:metrics"),
    };

    private static HostMetrics Metrics(bool live) => new()
    {
        Ref = "OpaqueRef:metrics",
        Uuid = "m",
        Live = live,
        MemoryTotal = 100,
        MemoryFree = 50,
    };

    private static Sr Storage(long used) => new()
    {
        Ref = "OpaqueRef:sr",
        Uuid = "s",
        Type = "ext",
        ContentType = "user",
        PhysicalSize = 100,
        PhysicalUtilisation = used,
    };
}
