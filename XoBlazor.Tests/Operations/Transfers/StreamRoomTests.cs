using XoBlazor.Core.Operations.Transfers.Queue;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>Who may begin, and who waits for what.</summary>
public sealed class StreamRoomTests
{
    private readonly StreamRoom _room = new(new() { MostPerHost = 2, MostPerPool = 3 });

    [Fact]
    public void Host_WithAllItsStreams_IsWaitedFor()
    {
        _room.Take(Route("a1", "b1"));
        _room.Take(Route("a1", "b2"));

        Assert.Equal(new(WaitKind.HostBusy, "a", "a1", 2, 2), _room.Obstacle(Route("a1", "b3")));
        Assert.Null(_room.Obstacle(Route("a2", "b1")));
    }

    [Fact]
    public void Pool_WithAllItsStreams_IsWaitedFor()
    {
        _room.Take(Route("a1", "b1"));
        _room.Take(Route("a2", "b2"));
        _room.Take(Route("a3", "b3"));

        Assert.Equal(new(WaitKind.PoolBusy, "a", "", 3, 3), _room.Obstacle(Route("a4", "c1")));
        Assert.Null(_room.Obstacle(Route("c1", "d1")));
    }

    [Fact]
    public void Room_ThatSomebodyWaitsFor_IsNotTakenByWhoComesLater()
    {
        _room.Take(Route("a1", "b1"));
        _room.Take(Route("a1", "c1"));
        var first = Route("a1", "d1");
        Assert.NotNull(_room.Obstacle(first));
        _room.Claim(first);
        _room.Take(Route("e1", "d1"));

        Assert.Equal(new(WaitKind.Behind), _room.Obstacle(Route("f1", "d1")));
        Assert.Null(_room.Obstacle(Route("f1", "d2")));
    }

    [Fact]
    public void Stream_WithinAHost_CountsOnce()
    {
        _room.Take(Route("a1", "a1"));

        Assert.Null(_room.Obstacle(Route("a1", "a1")));
    }

    /// <summary>Between hosts whose pools are their first letters.</summary>
    private static StreamRoute Route(string from, string to) => new(new(from[..1], from), new(to[..1], to));
}
