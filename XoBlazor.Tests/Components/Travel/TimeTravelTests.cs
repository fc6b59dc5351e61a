using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Travel;

public sealed class TimeTravelTests : JournalContext
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private TimeTravel Travel => Services.GetRequiredService<TimeTravel>();

    [Fact]
    public async Task Follow_AddressOfThePast_ShowsThePoolAsItWasAndWhatChangedSince()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var then = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));
        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted });
        pool.Remove(pool.Vm(2));
        await WriteAsync();

        await Travel.FollowAsync($"http://localhost/vms?at={then:yyyy-MM-ddTHH:mm:ss}Z", Token);

        var past = Travel.Source.Current;
        Assert.Equal(then, past.AsOf);
        Assert.Equal(VmPowerState.Running, past.Find<Vm>(new ObjectKey(pool.Uuid, pool.Vm(1).Uuid))!.PowerState);
        Assert.Equal(4, past.Count<Vm>());
        Assert.Equal([ChangeKind.Modified, ChangeKind.Removed], Travel.Since.Values.Select(d => d.Kind).Order());
    }

    [Theory]
    [InlineData("http://localhost/vms")]
    [InlineData("http://localhost/vms?at=tomorrow")]
    [InlineData("http://localhost/vms?at=2999-01-01T00:00:00Z")]
    public async Task Follow_NoMomentOrTheFuture_ShowsThePresent(string address)
    {
        await Travel.FollowAsync(address, Token);

        Assert.Null(Travel.Moment);
        Assert.Same(View, Travel.Source);
    }

    [Fact]
    public async Task Follow_BackFromThePast_ShowsThePresentAgain()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        await Travel.FollowAsync($"http://localhost/?at={Clock.GetUtcNow().AddSeconds(-10):yyyy-MM-ddTHH:mm:ss}Z", Token);

        await Travel.FollowAsync("http://localhost/", Token);

        Assert.False(Travel.Source.Current.IsPast);
        Assert.Empty(Travel.Since);
    }

    [Fact]
    public async Task Follow_WhileTheJournalIsRead_SaysWhatIsOnItsWayAndWhatIsShown()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var ready = new TaskCompletionSource();
        Storage.ReadReady = ready.Task;
        var then = Clock.GetUtcNow().AddSeconds(-10);

        var following = Travel.FollowAsync(At(then), Token);
        var (reading, shown) = (Travel.Reading, Travel.Moment);
        ready.SetResult();
        await following;

        Assert.Equal((new TravelProgress(then, 0, 1), (DateTimeOffset?)null), (reading, shown));
        Assert.Equal((null, then, then), (Travel.Reading, Travel.Moment!.Value, Travel.Source.Current.AsOf!.Value));
    }

    [Fact]
    public async Task Follow_ManyMomentsInARow_ReadsOnlyTheFirstAndTheLastAndShowsTheLast()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var ready = new TaskCompletionSource();
        Storage.ReadReady = ready.Task;
        var moments = Enumerable.Range(1, 30).Select(i => Clock.GetUtcNow().AddSeconds(-i)).ToList();

        var following = moments.Select(m => Travel.FollowAsync(At(m), Token)).ToList();
        ready.SetResult();
        await Task.WhenAll(following);

        Assert.Equal(moments[^1], Travel.Source.Current.AsOf);
        Assert.InRange(Storage.PoolReadings, 1, 2);
    }

    [Fact]
    public async Task Follow_BackToNowWhileTheJournalIsRead_StaysInThePresent()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var ready = new TaskCompletionSource();
        Storage.ReadReady = ready.Task;
        var following = Travel.FollowAsync(At(Clock.GetUtcNow().AddSeconds(-10)), Token);

        await Travel.FollowAsync("http://localhost/vms", Token);
        ready.SetResult();
        await following;

        Assert.Equal((null, null), (Travel.Reading, Travel.Moment));
        Assert.Same(View, Travel.Source);
    }

    [Fact]
    public void AddressAt_PageWithAFilter_KeepsTheFilter()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/vms?q=web&at=2026-01-01T00:00:00Z");

        Assert.Equal("http://localhost/vms?q=web", Travel.AddressAt(null));
    }

    [Theory]
    [InlineData("/vms", "/hosts?q=a", "/hosts?q=a")]
    [InlineData("/vms?at=2026-01-01T00:00:00Z", "/hosts?q=a", "http://localhost/hosts?q=a&at=2026-01-01T00%3a00%3a00Z")]
    public void Along_PageOpenedFromThePast_StaysThere(string from, string to, string expected)
    {
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(from);

        Assert.Equal(expected, TimeTravel.Along(navigation, to));
    }

    private static string At(DateTimeOffset moment) => $"http://localhost/vms?at={moment:yyyy-MM-ddTHH:mm:ss}Z";

    [Fact]
    public async Task VmPage_InThePast_ShowsTheOldStateWhatChangedSinceAndNoActions()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        pool.Apply(pool.Vm(1) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.CleanShutdown, VmOperation.CleanReboot) });
        await WriteAsync();
        var then = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));
        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted });
        await WriteAsync();
        await Travel.FollowAsync($"http://localhost/?at={then:yyyy-MM-ddTHH:mm:ss}Z", Token);
        (Pictures, Since) = (Travel.Source, new ChangedSince(Travel.Since));

        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));

        Assert.Contains("Running", page.Find("header").TextContent, StringComparison.Ordinal);
        Assert.Contains("Halted", page.Find("section.since").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("header .bar > button"), b => Assert.Equal("true", b.GetAttribute("aria-disabled")));
    }
}
