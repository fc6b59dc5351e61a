using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.Core.Plugins.Assemblies;

namespace XoBlazor.Tests.Plugins;

/// <summary>The limit of giving back: what the framework has drawn of a plugin's own components it remembers, and the docs say so.</summary>
public sealed class PluginComponentTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Code_WhoseComponentWasShown_LingersInTheFramework_AndOtherCodeDoesNot(bool isShown, int lingering)
    {
        var loadings = new PluginLoadings(TimeProvider.System);

        await LoadAsync(loadings, isShown);

        Assert.Equal(lingering, loadings.Tidy(0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task LoadAsync(PluginLoadings loadings, bool isShown)
    {
        var code = PluginCode.Load(TricksterPlugin.Package(), loadings);
        if (isShown)
            await ShowAsync(code.Plugin.GetType().Assembly.GetType("XoBlazor.TestPlugin.Widget", throwOnError: true)!);
        code.Release();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task ShowAsync(Type component)
    {
        await using var page = new BunitContext();
        var shown = page.Render<DynamicComponent>(parameters => parameters.Add(one => one.Type, component).Add(one => one.Parameters, new Dictionary<string, object> { ["Text"] = "of a plugin" }));
        Assert.Equal("<p>of a plugin</p>", shown.Markup);
    }
}
