{{- define "mc.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* 40 characters leave room for what is put behind it, within the 63 of a label. */}}
{{- define "mc.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains (include "mc.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "mc.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "mc.cluster" -}}
{{- default .Release.Name .Values.clusterName -}}
{{- end -}}

{{/* What selects pods: never changes over a release's life. Takes the root and a component. */}}
{{- define "mc.selector" -}}
app.kubernetes.io/name: {{ include "mc.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "mc.labels" -}}
{{ include "mc.selector" . }}
app.kubernetes.io/part-of: memory-cluster
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "mc.image" -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository .tag -}}
{{- end -}}
{{- end -}}

{{/* The image of silos and gateways. */}}
{{- define "mc.ownImage" -}}
{{- include "mc.image" (dict "repository" .Values.image.repository "tag" (default .Chart.AppVersion .Values.image.tag) "digest" .Values.image.digest) -}}
{{- end -}}

{{- define "mc.gpuImage" -}}
{{- $own := .Values.gpu.image -}}
{{- if $own.repository -}}
{{- include "mc.image" (dict "repository" $own.repository "tag" (default .Chart.AppVersion $own.tag) "digest" $own.digest) -}}
{{- else -}}
{{- include "mc.ownImage" . -}}
{{- end -}}
{{- end -}}

{{- define "mc.redisAddress" -}}
{{- if .Values.redis.bundled.enabled -}}
{{- printf "%s-redis:6379" (include "mc.fullname" .) -}}
{{- else -}}
{{- .Values.redis.address -}}
{{- end -}}
{{- end -}}

{{/* Whether objects of the Prometheus Operator are made. Takes the root and auto, always or never; true or nothing. */}}
{{- define "mc.monitors" -}}
{{- if or (eq .when "always") (and (eq .when "auto") (.root.Capabilities.APIVersions.Has "monitoring.coreos.com/v1")) -}}
true
{{- end -}}
{{- end -}}
