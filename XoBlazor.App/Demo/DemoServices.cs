using XoBlazor.App.Hosting;

namespace XoBlazor.App.Demo;

/// <summary>Registers the demo where the command line asks for it.</summary>
internal static class DemoServices
{
    public static void AddDemo(this WebApplicationBuilder builder, ServerStart start)
    {
        if (!start.Demo)
            return;

        builder.Services.AddSingleton<DemoPools>();
        builder.Services.AddSingleton<IGreetingLine>(services => services.GetRequiredService<DemoPools>());
    }
}
