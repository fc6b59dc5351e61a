using XoBlazor.Core.Patching;

namespace XoBlazor.App.Updates;

/// <summary>Registers what finds out which updates hosts lack, with its settings.</summary>
internal static class UpdateSetup
{
    public static void AddUpdates(this IServiceCollection services)
    {
        services.AddPatching();
        services.AddOptions<PatchingOptions>().BindConfiguration(PatchingOptions.Section).ValidateOnStart();
    }
}
