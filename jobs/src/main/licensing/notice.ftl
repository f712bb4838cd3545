motorwatch
Copyright 2026 The motorwatch authors

Licensed under the Apache License, Version 2.0 (see LICENSE).

The modules' own jars hold nothing but motorwatch. motorwatch.jar bundles the libraries below, some of them
under other package names. Their own licences and notices, where they have any beyond the Apache License, are in
META-INF/licenses in that jar. So are those of what a library bundles itself: the Public Suffix List in okhttp (MPL-2.0),
FastDoubleParser and Schubfach in jackson-core (MIT and others).

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
<#assign licenses = entry.getValue()/>
${library.groupId}:${library.artifactId}:${library.version}  ${licenses?join(" or ")}
</#list>
