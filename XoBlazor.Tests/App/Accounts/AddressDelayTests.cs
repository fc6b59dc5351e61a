using System.Net;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts;

namespace XoBlazor.Tests.App.Accounts;

public sealed class AddressDelayTests
{
    private static readonly IPAddress s_guesser = IPAddress.Parse("192.0.2.7");

    private readonly FakeTimeProvider _time = new();
    private readonly AddressDelay _delay;

    public AddressDelayTests() => _delay = new AddressDelay(_time);

    [Fact]
    public void Failures_AfterTen_DoubleTheDelayUpToFiveMinutes()
    {
        Fail(s_guesser, AddressDelay.Free);

        var delays = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            var wait = _delay.Begin(s_guesser);
            delays.Add(wait.TotalSeconds);
            _time.Advance(wait);
            Assert.Equal(TimeSpan.Zero, _delay.Begin(s_guesser));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300], delays);
    }

    [Fact]
    public void Attempts_WhileWaiting_DoNotProlongIt()
    {
        Fail(s_guesser, AddressDelay.Free + 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Fail(s_guesser, 1);
        var wait = _delay.Begin(s_guesser);

        for (var i = 0; i < 100; i++)
            _delay.Begin(s_guesser);

        Assert.Equal(wait, _delay.Begin(s_guesser));
    }

    [Fact]
    public void Attempts_AllAtOnce_DoNotSlipThroughTogether()
    {
        var taken = 0;

        Parallel.For(0, 200, _ =>
        {
            if (_delay.Begin(s_guesser) == TimeSpan.Zero)
                Interlocked.Increment(ref taken);
        });

        Assert.Equal(AddressDelay.Free, taken);
    }

    [Fact]
    public void Attempts_OfManyAtTheSameMoment_DoNotWaitForEachOther()
    {
        var delay = new AddressDelay(new CountedTime());

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            Assert.Equal(TimeSpan.Zero, delay.Begin(s_guesser));
            delay.Forgive(s_guesser);
        });
    }

    [Fact]
    public void RightPassword_IsForgivenButBuysNoGuesses()
    {
        Fail(s_guesser, AddressDelay.Free - 1);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(TimeSpan.Zero, _delay.Begin(s_guesser));
            _delay.Forgive(s_guesser);
        }

        Fail(s_guesser, 1);

        Assert.True(_delay.Begin(s_guesser) > TimeSpan.Zero);
    }

    [Fact]
    public void QuietTime_ForgivesOneByOne()
    {
        Fail(s_guesser, AddressDelay.Free);
        _time.Advance(TimeSpan.FromMinutes(12));

        Fail(s_guesser, 2);

        Assert.True(_delay.Begin(s_guesser) > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("192.0.2.8", false)]
    [InlineData("::ffff:192.0.2.7", true)]
    public void OtherAddress_IsCountedByItself(string other, bool isTheSame)
    {
        Fail(s_guesser, AddressDelay.Free);

        Assert.Equal(isTheSame, _delay.Begin(IPAddress.Parse(other)) > TimeSpan.Zero);
    }

    [Fact]
    public void IPv6_IsCountedBySite()
    {
        for (var i = 0; i < AddressDelay.Free; i++)
            Fail(IPAddress.Parse($"2001:db8:0:1::{i + 1}"), 1);

        Assert.True(_delay.Begin(IPAddress.Parse("2001:db8:0:1::ffff")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _delay.Begin(IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Fact]
    public void Memory_WithAddressesWithoutEnd_IsBounded()
    {
        for (var i = 0; i < AddressDelay.MostAddresses + 500; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Fail(new IPAddress(i + 1), 1);
        }

        Assert.Equal(AddressDelay.MostAddresses, _delay.Count);
    }

    /// <summary>Moves on whenever it is asked, and never back.</summary>
    private sealed class CountedTime : TimeProvider
    {
        private long _ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Interlocked.Increment(ref _ticks));
    }

    private void Fail(IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
            _delay.Begin(address);
    }
}
