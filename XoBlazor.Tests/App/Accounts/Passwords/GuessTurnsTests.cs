using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Passwords;

public sealed class GuessTurnsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GuessTurns _turns;

    public GuessTurnsTests() => _turns = new GuessTurns(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_OfOneThing_FollowEachOther()
    {
        var first = await _turns.TakeAsync("one", Token);
        var second = _turns.TakeAsync("one", Token);
        var early = second.IsCompleted;

        first!.Dispose();

        using var turn = await second.WaitAsync(Patience.Limit, Token);
        Assert.False(early);
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task Turns_OfOtherThings_WaitForNobody()
    {
        using var held = await _turns.TakeAsync("one", Token);

        // More things than any table of locks that several share could have.
        for (var i = 0; i < 1_000; i++)
            using (var other = await _turns.TakeAsync($"other {i}", Token).WaitAsync(Patience.Limit, Token))
                Assert.NotNull(other);
    }

    [Fact]
    public async Task Turn_NotThereInTime_IsNotGivenAndNotLost()
    {
        var held = await _turns.TakeAsync("one", Token);
        var late = _turns.TakeAsync("one", Token);

        _time.Advance(TimeSpan.FromSeconds(31));
        var given = await late.WaitAsync(Patience.Limit, Token);
        held!.Dispose();

        Assert.Null(given);
        using var next = await _turns.TakeAsync("one", Token).WaitAsync(Patience.Limit, Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Line_ThatIsFull_SendsAwayAtOnce()
    {
        using var gone = new CancellationTokenSource();
        var line = Enumerable.Range(0, GuessTurns.Most).Select(_ => _turns.TakeAsync("one", gone.Token)).ToList();

        var tooMany = await _turns.TakeAsync("one", Token).WaitAsync(Patience.Limit, Token);
        using var other = await _turns.TakeAsync("two", Token);

        Assert.Null(tooMany);
        Assert.NotNull(other);
        await gone.CancelAsync();
        foreach (var waiting in line.Skip(1))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience.Limit, Token));
        (await line[0])!.Dispose();
        Assert.Equal(1, _turns.Count);
    }

    [Fact]
    public async Task Lines_NobodyStandsInAnyMore_AreForgotten()
    {
        for (var i = 0; i < 1_000; i++)
            (await _turns.TakeAsync(GuessTurns.Name($"name {i}"), Token))!.Dispose();
        using (await _turns.TakeAsync("one", Token))
            Assert.Null(await _turns.TakeAsync("one", Token, TimeSpan.Zero));

        Assert.Equal(0, _turns.Count);
    }

    [Theory]
    [InlineData("alice", "ALICE ", true)]
    [InlineData("alice", "alice@example.test", true)]
    [InlineData("alice", @"EXAMPLE\Alice", true)]
    [InlineData("alice", "alicia", false)]
    [InlineData("@alice", "", false)]
    [InlineData(null, " ", true)]
    public void Name_HoweverItIsSpelt_IsOneLine(string? one, string? other, bool isOne) =>
        Assert.Equal(isOne, GuessTurns.Name(one) == GuessTurns.Name(other));
}
