using System.ComponentModel.DataAnnotations;
using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.Core.Patching;

/// <summary>Where updates come from (<c>Patching:*</c>). What the console was told of address and proxy goes before.</summary>
public sealed class PatchingOptions : IValidatableObject
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Patching";

    /// <summary>How often every host is asked what it lacks, in hours; 0 asks only when somebody wants to know.</summary>
    [Range(0, 24 * 31)]
    public int RefreshHours { get; set; } = 12;

    /// <summary>Where the catalogue of the updates for XenServer up to 8.2 is.</summary>
    public string CatalogueUrl { get; set; } = "https://updates.ops.xenserver.com/xenserver/updates.xml";

    /// <summary>The proxy through which catalogue and updates are fetched, such as <c>http://proxy:3128</c>; empty for none.</summary>
    public string HttpProxy { get; set; } = "";

    /// <summary>Mirrors of the maker's servers, such as <c>https://mirror.example.com</c>: they get the Client ID, too, and may be on any network.</summary>
    public IList<string> Mirrors { get; } = [];

    /// <summary>What holds where the console was told nothing else. The options have to be valid.</summary>
    public CatalogueSettings Defaults() => new() { Url = CatalogueUrl, Proxy = HttpProxy.Length > 0 ? HttpProxy : null, Mirrors = [.. Mirrors.Select(text => new Uri(text))] };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CatalogueSettings.Objection(CatalogueUrl, "a catalogue") is { } noAddress)
            yield return new($"{Section}:CatalogueUrl: {noAddress}");
        if (HttpProxy.Length > 0 && CatalogueSettings.Objection(HttpProxy, "a proxy") is { } noProxy)
            yield return new($"{Section}:HttpProxy: {noProxy}");
        foreach (var mirror in Mirrors)
            if (CatalogueSettings.Objection(mirror, "a mirror") is { } none)
                yield return new($"{Section}:Mirrors: {none}");
    }
}
