using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Patching;

/// <summary>Where updates come from (<c>Patching:*</c>).</summary>
public sealed class PatchingOptions : IValidatableObject
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Patching";

    /// <summary>How often every host is asked what it lacks, in hours; 0 asks only when somebody wants to know.</summary>
    [Range(0, 24 * 31)]
    public int RefreshHours { get; set; } = 12;

    /// <summary>Where the list of the updates for XenServer up to 8.2 is.</summary>
    public string CatalogueUrl { get; set; } = "https://updates.ops.xenserver.com/xenserver/updates.xml";

    /// <summary>The proxy through which catalogue and updates are fetched, such as <c>http://proxy:3128</c>; empty for none.</summary>
    public string HttpProxy { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsAddress(CatalogueUrl))
            yield return new($"{Section}:CatalogueUrl: '{CatalogueUrl}' is no address that begins with http:// or https://.");
        if (HttpProxy.Length > 0 && !IsAddress(HttpProxy))
            yield return new($"{Section}:HttpProxy: '{HttpProxy}' is no address that begins with http:// or https://.");
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" };
}
