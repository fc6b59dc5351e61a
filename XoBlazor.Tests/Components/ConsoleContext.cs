using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Components;

/// <summary>Renders pages of the console against a store that the test fills; the pulse beats when the test says so.</summary>
public abstract class ConsoleContext : BunitContext
{
    protected ConsoleContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<LastEvent>();
        Services.AddSingleton<IStoreObserver>(p => p.GetRequiredService<LastEvent>());
        Services.AddSingleton<ObjectStore>();
        Services.AddSingleton<StorePictures>();
        Services.AddSingleton<ListResults>();
        Services.AddSingleton<CircuitPulse>();
        Services.AddScoped<UserZone>();
        Services.AddScoped<BrowserScript>();
        this.AddAuthorization().SetAuthorized("alice");
    }

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    protected ObjectStore Store => Services.GetRequiredService<ObjectStore>();

    protected string Address => Services.GetRequiredService<NavigationManager>().Uri;

    /// <summary>Renders a page as the frame would: with its picture and popovers.</summary>
    protected IRenderedComponent<TPage> Open<TPage>(string address) where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        Render<MudPopoverProvider>();
        Services.GetRequiredService<StorePictures>();
        RenderTree.TryAdd<CascadingValue<IPictureSource>>(p => p.Add(c => c.Value, Services.GetRequiredService<StorePictures>()));
        return Render<TPage>();
    }

    /// <summary>Lets the pulse beat once, a second after the beat before, so that orders and ages are looked at too.</summary>
    protected async Task BeatAsync(IRenderedComponent<IComponent> page)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        await page.InvokeAsync(() => Services.GetRequiredService<CircuitPulse>().Spread(new Beat(Time.GetUtcNow(), IsSecond: true)));
    }
}
