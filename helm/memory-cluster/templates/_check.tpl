{{/* What no schema can say: values that contradict each other. */}}
{{- define "mc.check" -}}
{{- $v := .Values -}}
{{- $_ := required "secrets.existingSecret names the Secret with the admin key and the cursor secret: see values.yaml." $v.secrets.existingSecret -}}
{{- if and $v.redis.bundled.enabled $v.redis.address -}}
{{- fail "redis.address and redis.bundled.enabled are two Redis: choose one." -}}
{{- end -}}
{{- if not (or $v.redis.bundled.enabled $v.redis.address) -}}
{{- fail "redis.address is the host:port of the Redis that keeps the memories; redis.bundled.enabled brings one for trials." -}}
{{- end -}}
{{- if le (int $v.termination.gracePeriodSeconds) (add 30 $v.termination.preStopSeconds | int) -}}
{{- fail "termination.gracePeriodSeconds must be longer than preStopSeconds and the 30 s that a process may take to end." -}}
{{- end -}}
{{- $http := eq $v.embedding.provider "http" -}}
{{- if $v.gpu.modelServer.enabled -}}
{{- if not $v.gpu.enabled -}}
{{- fail "gpu.modelServer runs beside GPU silos: it needs gpu.enabled." -}}
{{- end -}}
{{- if not (and $http $v.embedding.dimensions) -}}
{{- fail "gpu.modelServer is asked over HTTP: it needs embedding.provider http, embedding.model and embedding.dimensions." -}}
{{- end -}}
{{- if $v.embedding.endpoint -}}
{{- fail "embedding.endpoint and gpu.modelServer.enabled are two embedding services: choose one." -}}
{{- end -}}
{{- else if and $http (not $v.embedding.endpoint) -}}
{{- fail "embedding.provider http needs embedding.endpoint, or gpu.modelServer.enabled." -}}
{{- end -}}
{{- range $name := list "silo" "gpu" "gateway" -}}
{{- $scaling := (get $v $name).autoscaling -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling.minReplicas is greater than maxReplicas." $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
